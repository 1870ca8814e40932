package svasim.pcie.endpoint;

import java.util.Arrays;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;

/**
 * Time-outs of all reads of a function. Since all have the same length, they end in the order in
 * which they begin: a queue, and one event for its head.
 */
final class Deadlines implements EventHandler {
    /** Is told which tag has waited in vain. */
    @FunctionalInterface
    interface Expired {
        void expired(int tag, long nowPs);
    }

    private static final int INITIAL = 64;

    private final Kernel kernel;
    private final long timeoutPs;
    private final Expired expired;

    /** Of each tag: how often it was used, odd while it is in use. */
    private final int[] uses;

    private int inUse;
    private boolean eventPending;

    private int[] tags = new int[INITIAL];
    private int[] usesThen = new int[INITIAL];
    private long[] times = new long[INITIAL];
    private int head;
    private int size;

    Deadlines(Kernel kernel, long timeoutPs, int tagCount, Expired expired) {
        this.kernel = kernel;
        this.timeoutPs = timeoutPs;
        this.expired = expired;
        this.uses = new int[tagCount];
    }

    /** A packet with the tag is sent. */
    void begin(int tag, long nowPs) {
        if (size == tags.length) {
            grow();
        }
        int at = head + size++ & tags.length - 1;
        tags[at] = tag;
        usesThen[at] = ++uses[tag];
        times[at] = nowPs + timeoutPs;
        if (eventPending && inUse == 0) {
            kernel.watchdogsIdle(-1);
        }
        inUse++;
        arm();
    }

    /** The tag is answered or given up. */
    void end(int tag) {
        uses[tag]++;
        inUse--;
        dropEnded();
        if (eventPending && inUse == 0) {
            kernel.watchdogsIdle(1);
        }
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        eventPending = false;
        if (inUse == 0) {
            kernel.watchdogsIdle(-1);
        }
        dropEnded();
        while (size > 0 && times[head] <= nowPs) {
            expired.expired(tags[head], nowPs);
            dropEnded();
        }
        arm();
    }

    private void arm() {
        if (!eventPending && size > 0) {
            eventPending = true;
            kernel.at(times[head], this, 0, 0);
        }
    }

    private void dropEnded() {
        while (size > 0 && uses[tags[head]] != usesThen[head]) {
            head = head + 1 & tags.length - 1;
            size--;
        }
        if (size == 0) {
            head = 0; // what many functions touch stays small
        }
    }

    private void grow() {
        int capacity = tags.length;
        int[] order = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            order[i] = head + i & capacity - 1;
        }
        tags = Arrays.copyOf(permuted(tags, order), capacity * 2);
        usesThen = Arrays.copyOf(permuted(usesThen, order), capacity * 2);
        long[] moved = new long[capacity * 2];
        for (int i = 0; i < capacity; i++) {
            moved[i] = times[order[i]];
        }
        times = moved;
        head = 0;
    }

    private static int[] permuted(int[] values, int[] order) {
        int[] moved = new int[values.length];
        for (int i = 0; i < order.length; i++) {
            moved[i] = values[order[i]];
        }
        return moved;
    }
}
