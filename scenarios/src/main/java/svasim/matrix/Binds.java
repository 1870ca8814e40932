package svasim.matrix;

import svasim.trace.Kind;
import svasim.trace.TraceListener;

/** Counts the binds of a run that were granted, and keeps the reason of the first refusal. */
final class Binds implements TraceListener {
    private boolean granted;
    private String reason;

    @Override
    public boolean wants(Kind kind) {
        return kind == Kind.BOUND || kind == Kind.BIND_REFUSED;
    }

    @Override
    public void on(
            long id,
            long cause,
            long timePs,
            Kind kind,
            int lane,
            long a,
            long b,
            long c,
            Object subject) {
        granted |= kind == Kind.BOUND;
        if (kind == Kind.BIND_REFUSED && reason == null) {
            reason = String.valueOf(subject);
        }
    }

    /** Whether there were binds, and all of them in vain. */
    boolean allRefused() {
        return !granted && reason != null;
    }

    String reason() {
        return reason;
    }
}
