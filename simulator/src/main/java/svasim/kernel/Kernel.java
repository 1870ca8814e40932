package svasim.kernel;

import java.util.HashMap;
import java.util.Map;

/**
 * The clock and the order of things: runs events by (time, order of scheduling) and answers choice
 * points. One kernel is one run on one thread.
 *
 * <p>Whoever schedules an event passes on the {@link #cause() cause} that is current then; it is
 * current again while the event is handled. The trace moves the cause on with each observation.
 */
public final class Kernel {
    private static final int INITIAL_EVENTS = 1 << 10;

    private final EventQueue queue = new EventQueue(INITIAL_EVENTS);
    private final Map<String, RandomStream> streams = new HashMap<>();
    private final Map<Site, long[]> occurrences = new HashMap<>();
    private final long seed;
    private final Choices choices;

    private long nowPs;
    private long cause;
    private long eventsRun;

    /** The one field that another thread may write. */
    private volatile boolean stopRequested;

    private int idleWatchdogs;

    /** Why a run came to its end. */
    public enum End {
        /** No event is left. */
        QUIET,
        TIME_LIMIT,
        EVENT_LIMIT,
        /** A part or a listener asked for it. */
        STOPPED
    }

    public Kernel(long seed, Choices choices) {
        this.seed = seed;
        this.choices = choices;
    }

    /** A kernel for plain runs with seed 0. */
    public Kernel() {
        this(0, Choices.PLAIN);
    }

    /** Picoseconds from the start. */
    public long nowPs() {
        return nowPs;
    }

    /** Identity of the observation that led to what happens now; 0 at the very start. */
    public long cause() {
        return cause;
    }

    public void cause(long observation) {
        cause = observation;
    }

    /** Events handled so far. */
    public long eventsRun() {
        return eventsRun;
    }

    /** Events that wait. */
    public int eventsPending() {
        return queue.size();
    }

    /**
     * Has the handler called at the given time, after everything that was scheduled for that time
     * before.
     *
     * @param timePs absolute; not in the past
     * @param kind the handler's own code
     * @param data the handler's own word
     */
    public void at(long timePs, EventHandler handler, int kind, long data) {
        if (timePs < nowPs) {
            throw new IllegalStateException(
                    "event for " + timePs + " ps scheduled at " + nowPs + " ps, by " + handler);
        }
        queue.add(timePs, handler, kind, data, cause);
    }

    /** As {@link #at}, counted from now. */
    public void after(long delayPs, EventHandler handler, int kind, long data) {
        at(nowPs + delayPs, handler, kind, data);
    }

    /**
     * Tells that so many more, or fewer, of the events that wait are watchdogs with nothing to
     * watch over. A run is quiet when only such events are left.
     */
    public void watchdogsIdle(int change) {
        idleWatchdogs += change;
    }

    /** Runs until nothing is left. */
    public End runUntilQuiet() {
        return run(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * Runs events up to and including a time.
     *
     * @param untilPs not in the past; later events stay in the queue, and the clock then shows this
     *     time
     * @param maxEvents events to run at most in this call
     */
    public End run(long untilPs, long maxEvents) {
        if (untilPs < nowPs) {
            throw new IllegalArgumentException("run to " + untilPs + " ps at " + nowPs + " ps");
        }
        if (takeStop()) {
            return End.STOPPED;
        }
        long stopAfter = eventsRun + maxEvents < 0 ? Long.MAX_VALUE : eventsRun + maxEvents;
        while (eventsRun < stopAfter) {
            if (quiet()) {
                return End.QUIET;
            }
            int event = queue.take(untilPs);
            if (event < 0) {
                nowPs = untilPs;
                return End.TIME_LIMIT;
            }
            nowPs = queue.timePs(event);
            cause = queue.cause(event);
            eventsRun++;
            queue.handler(event).handle(nowPs, queue.kind(event), queue.data(event));
            if (takeStop()) {
                return End.STOPPED;
            }
        }
        return quiet() ? End.QUIET : End.EVENT_LIMIT;
    }

    private boolean quiet() {
        return queue.size() == idleWatchdogs;
    }

    /**
     * Ends {@link #run} after the event that is being handled, or the next run before its first
     * event; may be called from any thread.
     */
    public void stop() {
        stopRequested = true;
    }

    private boolean takeStop() {
        if (!stopRequested) {
            return false;
        }
        stopRequested = false;
        return true;
    }

    /** The random stream of this name; the same object at each call. */
    public RandomStream random(String name) {
        return streams.computeIfAbsent(name, n -> RandomStream.named(seed, n));
    }

    /**
     * Asks how this run goes on at a place where runs may differ.
     *
     * @param lane lane of the trace whose course is asked about
     * @return 0 to {@code options - 1}, 0 in a plain run
     */
    public int pick(Site site, int lane, int options) {
        if (choices == Choices.PLAIN) {
            return 0;
        }
        long occurrence = occurrences.computeIfAbsent(site, s -> new long[1])[0]++;
        int answer = choices.pick(site, occurrence, lane, options);
        if (answer < 0 || answer >= options) {
            throw new IllegalStateException(
                    site.name() + "#" + occurrence + ": answer " + answer + " of " + options);
        }
        return answer;
    }

    /**
     * Asks whether something is late.
     *
     * @param lane lane of the trace that would be late
     * @return picoseconds that it is late by: one of the site's delays; 0 in a plain run
     */
    public long lateness(Site site, int lane) {
        return site.delayPs(pick(site, lane, site.delaysPs().size() + 1));
    }
}
