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
 *
 * <p>A virtual machine tells into a child: the numbers of observations and lanes are those of the
 * parent, whose listeners hear of the guest only if they {@linkplain TraceListener#hearsGuests want
 * to}; the child's own listeners hear nothing else.
 */
public final class Trace {
    private static final Kind[] KINDS = Kind.values();

    private final Kernel kernel;

    /** Of whose observations this one's are a part; itself if it is not a child. */
    private final Trace root;

    /** In front of the names of lanes. */
    private final String prefix;

    private final List<Trace> children = new ArrayList<>();

    /** Those who hear guests, in the order of adding. */
    private final List<TraceListener> hearingGuests = new ArrayList<>();

    private final TraceListener[][] listeners = new TraceListener[KINDS.length][0];
    private final List<String> lanes = new ArrayList<>();
    private final Map<String, Integer> laneNumbers = new HashMap<>();
    private long lastId;

    public Trace(Kernel kernel) {
        this.kernel = kernel;
        this.root = this;
        this.prefix = "";
    }

    private Trace(Trace parent, String name) {
        this.kernel = parent.kernel;
        this.root = parent.root;
        this.prefix = parent.prefix + name + ".";
        parent.hearingGuests.forEach(this::add);
    }

    /** The trace of a guest, whose lanes have its name in front of theirs. */
    public Trace child(String name) {
        Trace child = new Trace(this, name);
        children.add(child);
        return child;
    }

    /** Adds a listener for the kinds that it wants; listeners are called in the order of adding. */
    public void add(TraceListener listener) {
        if (listener.hearsGuests()) {
            hearingGuests.add(listener);
            children.forEach(child -> child.add(listener));
        }
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
        return root.ownLane(prefix + name);
    }

    private int ownLane(String name) {
        return laneNumbers.computeIfAbsent(
                name,
                n -> {
                    lanes.add(n);
                    return lanes.size() - 1;
                });
    }

    public String laneName(int lane) {
        return root.lanes.get(lane);
    }

    public int laneCount() {
        return root.lanes.size();
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
        long id = ++root.lastId;
        long cause = kernel.cause();
        long nowPs = kernel.nowPs();
        for (TraceListener listener : interested) {
            listener.on(id, cause, nowPs, kind, lane, a, b, c, subject);
        }
        kernel.cause(id);
    }
}
