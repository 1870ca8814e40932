package svasim.models.zip.device;

import svasim.models.zip.layout.Cqe;
import svasim.models.zip.layout.QueueContext;
import svasim.models.zip.layout.Sqe;

/**
 * A submission queue and a completion queue as the queue manager sees them. No entry is fetched
 * unless its completion has a place.
 */
final class QueuePair {
    private final int number;
    private QueueContext submission;
    private QueueContext completion;

    /** Next entry to be fetched, and the first that software has not written. */
    private int head;

    private int tail;
    private int inFlight;

    /** Place of the next completion, and the first that software has not read. */
    private int completionTail;

    private int completionHead;
    private int completionsOwed;
    private boolean phase;
    private Runnable whenStopped;

    QueuePair(int number) {
        this.number = number;
        reset();
    }

    int number() {
        return number;
    }

    /** The context of the submission queue; null before it is set. */
    QueueContext submission() {
        return submission;
    }

    /** Sets the submission queue, which is empty. */
    void submission(QueueContext context) {
        submission = context;
        head = 0;
        tail = 0;
    }

    /** Sets the completion queue, which is empty; its first round has phase 1. */
    void completion(QueueContext context) {
        completion = context;
        completionTail = 0;
        completionHead = 0;
        phase = true;
    }

    /** Software has written entries up to this one. */
    void submitted(int newTail) {
        if (isStarted() && newTail < submission.depth()) {
            tail = newTail;
        }
    }

    /** Software has read completions up to this one. */
    void consumed(int newHead) {
        if (isStarted() && newHead < completion.depth()) {
            completionHead = newHead;
        }
    }

    boolean hasWork() {
        return isStarted() && head != tail && hasPlace();
    }

    /**
     * Takes the next entry.
     *
     * @return its index
     */
    int take() {
        int index = head;
        head = (head + 1) % submission.depth();
        inFlight++;
        completionsOwed++;
        return index;
    }

    /** Address of an entry. */
    long entry(int index) {
        return submission.base() + (long) index * Sqe.BYTES;
    }

    /** Address of the next completion. */
    long completionEntry() {
        return completion.base() + (long) completionTail * Cqe.BYTES;
    }

    /** The next completion, for the entry of this index. */
    Cqe complete(int index) {
        Cqe entry = new Cqe(index, number, phase);
        completionsOwed--;
        completionTail++;
        if (completionTail == completion.depth()) {
            completionTail = 0;
            phase = !phase;
        }
        return entry;
    }

    /** The completion of an entry is on its way. */
    void ended() {
        inFlight--;
        stopIfIdle();
    }

    /** Says when every entry has ended. */
    void stop(Runnable then) {
        whenStopped = then;
        stopIfIdle();
    }

    void reset() {
        submission = null;
        completion = null;
        head = 0;
        tail = 0;
        inFlight = 0;
        completionsOwed = 0;
        whenStopped = null;
    }

    boolean isIdle() {
        return inFlight == 0 && head == tail;
    }

    @Override
    public String toString() {
        return "queue "
                + number
                + ": "
                + inFlight
                + " entries in flight, next is "
                + head
                + " of "
                + tail;
    }

    private boolean isStarted() {
        return submission != null && completion != null;
    }

    /** Full with one place free, as software counts too. */
    private boolean hasPlace() {
        int depth = completion.depth();
        int used = (completionTail - completionHead + depth) % depth;
        return used + completionsOwed < depth - 1;
    }

    private void stopIfIdle() {
        if (whenStopped != null && isIdle()) {
            Runnable then = whenStopped;
            whenStopped = null;
            then.run();
        }
    }
}
