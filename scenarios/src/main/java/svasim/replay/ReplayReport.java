package svasim.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;

/** A result for people and for programs. */
public final class ReplayReport {
    private ReplayReport() {}

    /** A line if all is good, else the first failures below it. */
    public static String text(ReplayResult result) {
        StringBuilder text = new StringBuilder();
        text.append(result.good() ? "ok      " : "FAILED  ").append(result.capture());
        text.append(" (")
                .append(result.iommu())
                .append("): checked ")
                .append(counts(result.checked()));
        if (!result.failed().isEmpty()) {
            text.append("; failed ").append(counts(result.failed()));
        }
        if (result.equivalences() > 0) {
            text.append("; ").append(result.equivalences()).append(" by reason equivalence");
        }
        result.unsupported()
                .forEach(
                        (what, n) ->
                                text.append("\n  unsupported: ").append(what).append(times(n)));
        for (ReplayResult.Failure failure : result.failures()) {
            text.append("\n  line ").append(failure.line());
            text.append(": expected ").append(failure.expected());
            text.append("\n    found ").append(failure.found());
        }
        return text.toString();
    }

    private static String times(int n) {
        return n == 1 ? "" : " (" + n + " times)";
    }

    private static String counts(Map<String, Integer> counts) {
        if (counts.isEmpty()) {
            return "nothing";
        }
        return counts.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    /** One object on one line. */
    public static String json(ReplayResult result) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("capture", result.capture());
            json.writeStringField("iommu", result.iommu());
            counts(json, "checked", result.checked());
            counts(json, "failed", result.failed());
            counts(json, "unsupported", result.unsupported());
            json.writeNumberField("equivalences", result.equivalences());
            json.writeArrayFieldStart("failures");
            for (ReplayResult.Failure failure : result.failures()) {
                json.writeStartObject();
                json.writeNumberField("line", failure.line());
                json.writeStringField("expected", failure.expected());
                json.writeStringField("found", failure.found());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void counts(JsonGenerator json, String name, Map<String, Integer> counts)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Integer> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }
}
