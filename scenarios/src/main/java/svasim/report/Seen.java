package svasim.report;

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
    /** Field a, b or c by its position from 0. */
    long field(int position) {
        return position == 0 ? a : position == 1 ? b : c;
    }
}
