package svasim.iommu.core;

import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;

/**
 * Invalidate Requests that wait for their completions: up to 32 tags for each function, the lowest
 * free one first, each freed after as many completions as the device announces (PCI Express Base,
 * 10.3).
 */
public final class InvalidationTags implements EventHandler {
    /** Every tag of the function is in use. */
    public static final int NONE_FREE = -1;

    public static final int TAGS = 32;

    /** Is told what happens to requests. */
    public interface Listener {
        /** A request has got all its completions. */
        void completed(int requesterId, int itag);

        /** A request was given up; its tag is free again. */
        void timedOut(int requesterId, int itag);
    }

    /** What one function owes. */
    private static final class Function {
        int busy;
        final int[] left = new int[TAGS];
        final long[] serials = new long[TAGS];
    }

    /** One request, in order of time. */
    private record Deadline(long timePs, int requesterId, int itag, long serial)
            implements Comparable<Deadline> {
        @Override
        public int compareTo(Deadline other) {
            int byTime = Long.compare(timePs, other.timePs);
            return byTime != 0 ? byTime : Long.compare(serial, other.serial);
        }
    }

    private final Kernel kernel;
    private final LongSupplier timeoutPs;
    private final Listener listener;
    private final Map<Integer, Function> functions = new TreeMap<>();
    private final Queue<Deadline> deadlines = new PriorityQueue<>();
    private final TreeSet<Long> waiting = new TreeSet<>();
    private long lastSerial;

    /** Events in the kernel's queue, and when the next of them is due. */
    private int watchdogs;

    private long nextWatchdogPs = Long.MAX_VALUE;

    /**
     * @param timeoutPs after which a request that is sent now is given up; 0 for never
     */
    public InvalidationTags(Kernel kernel, LongSupplier timeoutPs, Listener listener) {
        this.kernel = kernel;
        this.timeoutPs = timeoutPs;
        this.listener = listener;
    }

    /** Takes the lowest free tag of the function, or {@link #NONE_FREE}. */
    public int take(int requesterId) {
        Function function = functions.computeIfAbsent(requesterId, id -> new Function());
        int itag = Integer.numberOfTrailingZeros(~function.busy);
        if (itag == TAGS) {
            return NONE_FREE;
        }
        function.busy |= 1 << itag;
        function.left[itag] = 0;
        function.serials[itag] = ++lastSerial;
        waiting.add(lastSerial);
        if (waiting.size() == 1) {
            kernel.watchdogsIdle(-watchdogs);
        }
        long timeout = timeoutPs.getAsLong();
        if (timeout > 0) {
            deadlines.add(new Deadline(kernel.nowPs() + timeout, requesterId, itag, lastSerial));
            watch();
        }
        return itag;
    }

    /**
     * A completion arrives.
     *
     * @param itags bit i stands for tag i
     * @param count completions that come in all for each of the requests, 1 to 8
     * @return false if it names a tag that is not in use, or none: nothing is changed then
     */
    public boolean complete(int requesterId, int itags, int count) {
        Function function = functions.get(requesterId);
        if (function == null || itags == 0 || (itags & ~function.busy) != 0) {
            return false;
        }
        for (int itag = 0; itag < TAGS; itag++) {
            if ((itags >>> itag & 1) != 0) {
                countDown(function, requesterId, itag, count);
            }
        }
        return true;
    }

    /** Requests that wait for a completion. */
    public int outstanding() {
        return waiting.size();
    }

    /** Number of the request that was sent last; they are numbered from 1. */
    public long lastTaken() {
        return lastSerial;
    }

    /** Number of the oldest request that waits for a completion; the largest if none does. */
    public long oldest() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.first();
    }

    /** Requests of one function that wait for a completion. */
    public int outstanding(int requesterId) {
        Function function = functions.get(requesterId);
        return function == null ? 0 : Integer.bitCount(function.busy);
    }

    /** A deadline may be due. */
    @Override
    public void handle(long nowPs, int kind, long data) {
        watchdogs--;
        nextWatchdogPs = Long.MAX_VALUE;
        if (waiting.isEmpty()) {
            kernel.watchdogsIdle(-1);
        }
        dropAnswered();
        while (!deadlines.isEmpty() && deadlines.peek().timePs() <= nowPs) {
            Deadline due = deadlines.remove();
            release(functions.get(due.requesterId()), due.itag());
            listener.timedOut(due.requesterId(), due.itag());
            dropAnswered();
        }
        watch();
    }

    /** One event is enough, unless a request with a shorter time-out comes. */
    private void watch() {
        if (!deadlines.isEmpty() && deadlines.peek().timePs() < nextWatchdogPs) {
            watchdogs++;
            nextWatchdogPs = deadlines.peek().timePs();
            kernel.at(nextWatchdogPs, this, 0, 0);
        }
    }

    private void countDown(Function function, int requesterId, int itag, int count) {
        if (function.left[itag] == 0) {
            function.left[itag] = count;
        }
        if (--function.left[itag] == 0) {
            release(function, itag);
            dropAnswered();
            listener.completed(requesterId, itag);
        }
    }

    private void release(Function function, int itag) {
        function.busy &= ~(1 << itag);
        waiting.remove(function.serials[itag]);
        if (waiting.isEmpty()) {
            kernel.watchdogsIdle(watchdogs);
        }
    }

    private boolean waits(Deadline deadline) {
        Function function = functions.get(deadline.requesterId());
        return (function.busy >>> deadline.itag() & 1) != 0
                && function.serials[deadline.itag()] == deadline.serial();
    }

    private void dropAnswered() {
        while (!deadlines.isEmpty() && !waits(deadlines.peek())) {
            deadlines.remove();
        }
    }
}
