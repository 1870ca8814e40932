package svasim.os.procedure;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Tasks that wait for something; woken in the order in which they came. */
public final class WaitQueue {
    private static final int FEW = 2;

    private final String reason;

    /** What the reason is about, a name or a {@link Held}; null if the reason says that. */
    private final Object subject;

    /** Null until somebody waits: most queues of most processes stay empty. */
    private Queue<Waiter> waiters;

    /** Something that is waited for because others have it; it is known by its text. */
    public interface Held {
        /** Variables of the calls that have it. */
        List<Object> owners();
    }

    /** A task, as the queue sees it. */
    @FunctionalInterface
    public interface Waiter {
        /** What the task waited for may have happened. */
        void wake();
    }

    /** A queue whose name says what is waited for, for example {@code "PRQ drained"}. */
    public WaitQueue(String reason) {
        this(reason, null);
    }

    /**
     * A queue whose name has two parts, for example {@code "end of"} and a process.
     *
     * @param subject its text is the second part; a {@link Held} tells who is waited for, too
     */
    public WaitQueue(String reason, Object subject) {
        this.reason = reason;
        this.subject = subject;
    }

    public String reason() {
        return subject == null ? reason : reason + " " + subject;
    }

    /** Variables of the calls that have what is waited for, as far as that is known. */
    public List<Object> owners() {
        return subject instanceof Held held ? held.owners() : List.of();
    }

    public boolean isEmpty() {
        return waiters == null || waiters.isEmpty();
    }

    /** Called by the scheduler when a step returns {@link Next#await}. */
    public void add(Waiter waiter) {
        if (waiters == null) {
            waiters = new ArrayDeque<>(FEW);
        }
        waiters.add(waiter);
    }

    /** Takes a waiter out, for example because a signal ends its wait. */
    public void remove(Waiter waiter) {
        if (waiters != null) {
            waiters.remove(waiter);
        }
    }

    /** Wakes all that wait now. */
    public void wakeAll() {
        for (int n = isEmpty() ? 0 : waiters.size(); n > 0; n--) {
            waiters.remove().wake();
        }
    }

    /** Wakes the one that waits longest, if any. */
    public void wakeOne() {
        if (!isEmpty()) {
            waiters.remove().wake();
        }
    }
}
