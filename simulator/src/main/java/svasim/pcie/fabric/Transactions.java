package svasim.pcie.fabric;

import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.Tlp;

/** Requests of one port that are in progress in the root complex: one slot each. */
final class Transactions {
    private static final int TRANSLATED = 1;
    private static final int REFUSED = 1 << 1;
    private static final int READY = 1 << 2;
    private static final int STALLED = 1 << 3;
    private static final int ASK_AGAIN = 1 << 4;

    /** What is known of one request. */
    private static final class Transaction {
        private Tlp tlp;

        /** The same, if it is a memory request. */
        private Tlp.MemoryRequest request;

        private long address;
        private long arrival;
        private int flags;
        private CompletionStatus status;
        private byte[] data;
        private RootPort peer;
    }

    private final Transaction[] slots;
    private final int[] free;
    private int freeCount;
    private long arrived;

    Transactions(int capacity) {
        slots = new Transaction[capacity];
        free = new int[capacity];
        while (freeCount < capacity) {
            slots[freeCount] = new Transaction();
            free[freeCount++] = capacity - freeCount;
        }
    }

    int capacity() {
        return slots.length;
    }

    /** Takes a slot; the caller sees to it that there is one. */
    int begin(Tlp tlp) {
        int slot = free[--freeCount];
        Transaction begun = slots[slot];
        begun.tlp = tlp;
        begun.request = memoryRequest(tlp);
        begun.arrival = ++arrived;
        begun.flags = 0;
        begun.status = CompletionStatus.SUCCESS;
        begun.data = null;
        begun.peer = null;
        return slot;
    }

    /** Reads first: they are the most, and a record's class is known at once. */
    private static Tlp.MemoryRequest memoryRequest(Tlp tlp) {
        if (tlp instanceof Tlp.MemoryRead read) {
            return read;
        }
        return tlp instanceof Tlp.MemoryRequest request ? request : null;
    }

    void end(int slot) {
        slots[slot].tlp = null;
        slots[slot].request = null;
        free[freeCount++] = slot;
    }

    Tlp tlp(int slot) {
        return slots[slot].tlp;
    }

    /** Null if it is no memory request. */
    Tlp.MemoryRequest request(int slot) {
        return slots[slot].request;
    }

    /** Whether one packet has arrived before another. */
    boolean isBefore(int slot, int other) {
        return slots[slot].arrival < slots[other].arrival;
    }

    void translated(int slot, long address) {
        slots[slot].address = address;
        slots[slot].flags |= TRANSLATED;
    }

    void refused(int slot, CompletionStatus status) {
        slots[slot].status = status;
        slots[slot].flags = slots[slot].flags & ~TRANSLATED | REFUSED;
    }

    /** It does not go to memory but down another port. */
    void toPeer(int slot, RootPort peer) {
        slots[slot].peer = peer;
    }

    /** The port that it goes down; null for memory. */
    RootPort peer(int slot) {
        return slots[slot].peer;
    }

    boolean hasAddress(int slot) {
        return (slots[slot].flags & TRANSLATED) != 0;
    }

    /** Physical address, if there is one. */
    long address(int slot) {
        return slots[slot].address;
    }

    CompletionStatus status(int slot) {
        return slots[slot].status;
    }

    /** Refused with success: reads give zeroes, writes are ignored. */
    boolean readsAsZero(int slot) {
        return (slots[slot].flags & REFUSED) != 0 && slots[slot].status == CompletionStatus.SUCCESS;
    }

    /** Nothing but the order of posted packets holds it back. */
    void ready(int slot) {
        slots[slot].flags |= READY;
    }

    void released(int slot) {
        slots[slot].flags &= ~READY;
    }

    boolean isReady(int slot) {
        return (slots[slot].flags & READY) != 0;
    }

    /** Whether the slot holds a packet that only the order holds back. */
    boolean isWaiting(int slot) {
        return slots[slot].tlp != null && isReady(slot);
    }

    /** Whether the slot holds a packet that is not posted and waits for posted ones. */
    boolean isHeld(int slot) {
        return isWaiting(slot) && slots[slot].tlp.flowClass() != FlowClass.POSTED;
    }

    /** The agent has no answer until software has decided. */
    void stalled(int slot) {
        slots[slot].flags |= STALLED;
    }

    boolean isStalled(int slot) {
        return (slots[slot].flags & STALLED) != 0;
    }

    /** There is an answer; the result is whether there was none for want of software. */
    boolean answered(int slot) {
        boolean was = isStalled(slot);
        slots[slot].flags &= ~STALLED;
        return was;
    }

    /** Its address is no longer to be used: the agent has to be asked again. */
    void giveBack(int slot) {
        slots[slot].flags = slots[slot].flags & ~(TRANSLATED | READY) | ASK_AGAIN;
    }

    boolean isGivenBack(int slot) {
        return slots[slot].tlp != null && (slots[slot].flags & ASK_AGAIN) != 0;
    }

    void askedAgain(int slot) {
        slots[slot].flags &= ~ASK_AGAIN;
    }

    void data(int slot, byte[] bytes) {
        slots[slot].data = bytes;
    }

    /** What was read; null if nothing was. */
    byte[] data(int slot) {
        return slots[slot].data;
    }
}
