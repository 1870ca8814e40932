package svasim.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * Draws a run as a Mermaid sequence diagram: an arrow from the lane that caused something to the
 * lane where it happened. Long runs are cut, since a diagram of thousands of arrows shows nothing.
 */
public final class MermaidSequence implements Listener, AutoCloseable {
    private static final int LONGEST = 300;
    private static final int NO_LANE = -1;

    private static final Set<Kind> LEFT_OUT =
            EnumSet.of(
                    Kind.STEP,
                    Kind.TASK_WAITS,
                    Kind.TASK_WOKEN,
                    Kind.FRAME_ALLOCATED,
                    Kind.FRAME_FREED,
                    Kind.TABLE_WRITTEN,
                    Kind.LINE_HELD,
                    Kind.LINE_WRITTEN_BACK,
                    Kind.WALK_READ,
                    Kind.REGISTER_WRITTEN,
                    Kind.MM_REFERENCE,
                    Kind.FILE_REFERENCE,
                    Kind.REFERENCE_ADDED,
                    Kind.REFERENCE_REMOVED,
                    Kind.TLP_SENT,
                    Kind.TLP_RECEIVED,
                    Kind.PASID_STATE);

    private final Trace trace;
    private final Sentences sentences;
    private final Writer out;
    private final StringBuilder arrows = new StringBuilder();
    private final Set<Integer> participants = new LinkedHashSet<>();
    private int[] laneOf = new int[1 << 10];
    private int count;

    public MermaidSequence(Trace trace, Sentences sentences, Writer out) {
        this.trace = trace;
        this.sentences = sentences;
        this.out = out;
        Arrays.fill(laneOf, NO_LANE);
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
        remember(seen);
        if (LEFT_OUT.contains(seen.kind()) || ++count > LONGEST) {
            return;
        }
        int from = laneOf(seen.cause());
        participants.add(from == NO_LANE ? seen.lane() : from);
        participants.add(seen.lane());
        String text = clean(Times.micros(seen.timePs()) + " " + sentences.tell(seen));
        String to = "p" + seen.lane();
        arrows.append("    ").append(from == NO_LANE ? to : "p" + from);
        arrows.append("->>").append(to).append(": ").append(text).append('\n');
    }

    private void remember(Seen seen) {
        int id = Math.toIntExact(seen.id());
        if (id >= laneOf.length) {
            int before = laneOf.length;
            laneOf = Arrays.copyOf(laneOf, Math.max(id + 1, before * 2));
            Arrays.fill(laneOf, before, laneOf.length, NO_LANE);
        }
        laneOf[id] = seen.lane();
    }

    private int laneOf(long id) {
        return id < laneOf.length ? laneOf[(int) id] : NO_LANE;
    }

    /** Without the characters that end a message of Mermaid. */
    private static String clean(String text) {
        return text.replace(';', ',').replace('#', ' ').replace('\n', ' ');
    }

    @Override
    public void close() throws IOException {
        try (out) {
            out.write("sequenceDiagram\n");
            for (int lane : participants) {
                out.write("    participant p" + lane + " as " + clean(trace.laneName(lane)) + "\n");
            }
            out.write(arrows.toString());
            if (count > LONGEST) {
                out.write("    %% " + (count - LONGEST) + " more arrows are left out\n");
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
