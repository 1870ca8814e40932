package svasim.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.kernel.Kernel;

/**
 * Hands each observation to the listeners that want its kind. Free when nobody does: then no number
 * is given and nothing is stored.
 *
 * <p>An observation becomes the {@linkplain Kernel#cause() cause} of whatever the current event
 * tells or schedules after it, so that parts need not carry causes about.
 */
public final class Trace {
    private static final Kind[] KINDS = Kind.values();

    private final Kernel kernel;
    private final TraceListener[][] listeners = new TraceListener[KINDS.length][0];
    private final List<String> lanes = new ArrayList<>();
    private final Map<String, Integer> laneNumbers = new HashMap<>();
    private long lastId;

    public Trace(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Adds a listener for the kinds that it wants; listeners are called in the order of adding. */
    public void add(TraceListener listener) {
        for (Kind kind : KINDS) {
            if (listener.wants(kind)) {
                TraceListener[] before = listeners[kind.ordinal()];
                TraceListener[] after = Arrays.copyOf(before, before.length + 1);
                after[before.length] = listener;
                listeners[kind.ordinal()] = after;
            }
        }
    }

    /** Whether {@link #tell} of this kind reaches anyone; ask before building arguments. */
    public boolean wants(Kind kind) {
        return listeners[kind.ordinal()].length > 0;
    }

    /** The number of the lane (a part, a task, a link) with this name; the same at each call. */
    public int lane(String name) {
        return laneNumbers.computeIfAbsent(
                name,
                n -> {
                    lanes.add(n);
                    return lanes.size() - 1;
                });
    }

    public String laneName(int lane) {
        return lanes.get(lane);
    }

    public int laneCount() {
        return lanes.size();
    }

    /** Tells an observation without subject. */
    public void tell(Kind kind, int lane, long a, long b, long c) {
        tell(kind, lane, a, b, c, null);
    }

    /** Tells an observation; the fields are those that the kind declares. */
    public void tell(Kind kind, int lane, long a, long b, long c, Object subject) {
        TraceListener[] interested = listeners[kind.ordinal()];
        if (interested.length == 0) {
            return;
        }
        long id = ++lastId;
        long cause = kernel.cause();
        long nowPs = kernel.nowPs();
        for (TraceListener listener : interested) {
            listener.on(id, cause, nowPs, kind, lane, a, b, c, subject);
        }
        kernel.cause(id);
    }
}
