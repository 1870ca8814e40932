package svasim.report;

import svasim.trace.Kind;
import svasim.trace.TraceListener;

/** A listener that takes its observations in one piece. */
public interface Listener extends TraceListener {
    void on(Seen seen);

    @Override
    default void on(
            long id,
            long cause,
            long timePs,
            Kind kind,
            int lane,
            long a,
            long b,
            long c,
            Object subject) {
        on(new Seen(id, cause, timePs, kind, lane, a, b, c, subject));
    }
}
