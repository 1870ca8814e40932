package svasim.os.procedure;

import java.util.ArrayDeque;
import java.util.Queue;

/** Tasks that wait for something; woken in the order in which they came. */
public final class WaitQueue {
    private final String reason;
    private final Queue<Waiter> waiters = new ArrayDeque<>();

    /** A task, as the queue sees it. */
    @FunctionalInterface
    public interface Waiter {
        /** What the task waited for may have happened. */
        void wake();
    }

    /** A queue whose name says what is waited for, for example {@code "PRQ drained"}. */
    public WaitQueue(String reason) {
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }

    public boolean isEmpty() {
        return waiters.isEmpty();
    }

    /** Called by the scheduler when a step returns {@link Next#await}. */
    public void add(Waiter waiter) {
        waiters.add(waiter);
    }

    /** Takes a waiter out, for example because a signal ends its wait. */
    public void remove(Waiter waiter) {
        waiters.remove(waiter);
    }

    /** Wakes all that wait now. */
    public void wakeAll() {
        for (int n = waiters.size(); n > 0; n--) {
            waiters.remove().wake();
        }
    }

    /** Wakes the one that waits longest, if any. */
    public void wakeOne() {
        if (!waiters.isEmpty()) {
            waiters.remove().wake();
        }
    }
}
