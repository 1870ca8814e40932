package svasim.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * Writes the trace in the Trace Event Format, which ui.perfetto.dev shows: a lane is a thread, a
 * step of software has its length, everything else is an instant.
 */
public final class PerfettoTrace implements Listener, AutoCloseable {
    private static final int PROCESS = 1;
    private static final int COST = 2;

    private final Trace trace;
    private final Sentences sentences;
    private final JsonGenerator json;
    private int lanesNamed;

    public PerfettoTrace(Trace trace, Sentences sentences, Writer out) throws IOException {
        this.trace = trace;
        this.sentences = sentences;
        json = new JsonFactory().createGenerator(out);
        json.writeStartObject();
        json.writeStringField("displayTimeUnit", "ns");
        json.writeArrayFieldStart("traceEvents");
    }

    @Override
    public boolean wants(Kind kind) {
        return true;
    }

    @Override
    public boolean hearsGuests() {
        return true;
    }

    @Override
    public void on(Seen seen) {
        try {
            nameLanes();
            begin(seen.kind() == Kind.STEP ? "X" : "i", name(seen), seen.lane());
            json.writeFieldName("ts");
            json.writeRawValue(Times.exactMicros(seen.timePs()));
            if (seen.kind() == Kind.STEP) {
                json.writeFieldName("dur");
                json.writeRawValue(Times.exactMicros(seen.field(COST)));
            } else {
                json.writeStringField("s", "t");
            }
            json.writeStringField("cat", seen.kind().category().name());
            arguments(seen);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Seen seen) {
        return seen.kind() == Kind.STEP
                ? Subjects.text(seen.subject())
                : seen.kind().name().toLowerCase(java.util.Locale.ROOT);
    }

    private void nameLanes() throws IOException {
        for (; lanesNamed < trace.laneCount(); lanesNamed++) {
            begin("M", "thread_name", lanesNamed);
            json.writeObjectFieldStart("args");
            json.writeStringField("name", trace.laneName(lanesNamed));
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private void begin(String phase, String name, int lane) throws IOException {
        json.writeStartObject();
        json.writeStringField("ph", phase);
        json.writeStringField("name", name);
        json.writeNumberField("pid", PROCESS);
        json.writeNumberField("tid", lane);
    }

    private void arguments(Seen seen) throws IOException {
        json.writeObjectFieldStart("args");
        json.writeStringField("what", sentences.full(seen));
        json.writeNumberField("id", seen.id());
        json.writeNumberField("cause", seen.cause());
        List<String> fields = seen.kind().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).isEmpty()) {
                json.writeNumberField(fields.get(i), seen.field(i));
            }
        }
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
