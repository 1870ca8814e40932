package svasim.check;

import svasim.trace.Kind;

/** One observation of the trace; fields as in {@link svasim.trace.TraceListener#on}. */
public record Observation(
        long id,
        long cause,
        long timePs,
        Kind kind,
        int lane,
        long a,
        long b,
        long c,
        Object subject) {
    /** Whether it is a TLP that a switch sends on: it has been seen when its sender sent it. */
    boolean isForwarded() {
        return kind == Kind.TLP_SENT && c != 0;
    }
}
