package svasim.os.task;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import svasim.os.procedure.WaitQueue;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/**
 * An order of steps that somebody wants to see: a task that comes to a step too early is held in
 * front of it, as if it had been preempted there, until what has to come first has happened once.
 * Of each of the two the first occurrence counts, or of what has to come first a later one that is
 * asked for. What never comes holds its step for ever, and the task says so when it is asked what
 * it waits for. Stores of a step are held in its core instead, as long as no barrier forces them
 * out.
 */
public final class StepOrder implements TraceListener {
    /** No order but the one that comes about. */
    public static final StepOrder NONE = new StepOrder(List.of(), lane -> "");

    private final List<Held> left = new ArrayList<>();
    private final IntFunction<String> lanes;

    /**
     * @param times how often it has to happen
     * @param first what has to happen
     * @param then step that waits for it
     */
    public record Pair(int times, Moment first, Moment then) {
        /** Between the two. */
        public static final String BEFORE = " < ";

        /** Behind a number that says how often the first one has to happen. */
        public static final String TIMES = " times ";

        public Pair(Moment first, Moment then) {
            this(1, first, then);
        }

        @Override
        public String toString() {
            return (times == 1 ? "" : times + TIMES) + first + BEFORE + then;
        }
    }

    private static final class Held {
        private final Pair pair;
        private final WaitQueue waiting;
        private int left;

        Held(Pair pair) {
            this.pair = pair;
            this.waiting = new WaitQueue("order: " + pair);
            this.left = pair.times();
        }

        Pair pair() {
            return pair;
        }

        WaitQueue waiting() {
            return waiting;
        }
    }

    /**
     * @param lanes name of a lane of the trace, by its number
     */
    public StepOrder(List<Pair> pairs, IntFunction<String> lanes) {
        this.lanes = lanes;
        for (Pair pair : pairs) {
            left.add(new Held(pair));
        }
    }

    /** Where a task waits that would run a step too early, or null if it may go on. */
    WaitQueue obstacle(String label, String task) {
        for (Held held : left) {
            if (held.pair().then().isStep(label, task)) {
                return held.waiting();
            }
        }
        return null;
    }

    /** Until when what a step stores stays in its core, or null if it leaves at once. */
    WaitQueue holdsStores(String label, String task) {
        for (Held held : left) {
            if (held.pair().then().isStoresOf(label, task)) {
                return held.waiting();
            }
        }
        return null;
    }

    /** A step has taken its effect. */
    void ran(String label, String task) {
        for (int i = left.size() - 1; i >= 0; i--) {
            if (left.get(i).pair().first().isStep(label, task)) {
                happened(i);
            }
        }
    }

    private void happened(int index) {
        if (--left.get(index).left == 0) {
            left.remove(index).waiting().wakeAll();
        }
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    /** An order may be one of host and guests. */
    @Override
    public boolean hearsGuests() {
        return true;
    }

    @Override
    public boolean wants(Kind kind) {
        return left.stream().anyMatch(held -> held.pair().first().isOf(kind));
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
        for (int i = left.size() - 1; i >= 0; i--) {
            Moment first = left.get(i).pair().first();
            boolean here = first.lane() == null || first.lane().equals(lanes.apply(lane));
            if (first.isOf(kind) && here) {
                happened(i);
            }
        }
    }
}
