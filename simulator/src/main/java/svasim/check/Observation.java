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
        Object subject) {}
