package svasim.report;

import svasim.check.Observation;
import svasim.trace.Kind;

/** One observation, kept; fields as in {@link svasim.trace.TraceListener#on}. */
public record Seen(
        long id,
        long cause,
        long timePs,
        Kind kind,
        int lane,
        long a,
        long b,
        long c,
        Object subject) {
    /** What the checker kept. */
    static Seen of(Observation kept) {
        return new Seen(
                kept.id(),
                kept.cause(),
                kept.timePs(),
                kept.kind(),
                kept.lane(),
                kept.a(),
                kept.b(),
                kept.c(),
                kept.subject());
    }

    /** Field a, b or c by its position from 0. */
    public long field(int position) {
        return position == 0 ? a : position == 1 ? b : c;
    }
}
