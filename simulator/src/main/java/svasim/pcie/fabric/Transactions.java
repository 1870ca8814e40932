package svasim.pcie.fabric;

import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.Tlp;

/** Requests of one port that are in progress in the root complex: one slot each. */
final class Transactions {
    private static final int TRANSLATED = 1;
    private static final int REFUSED = 1 << 1;
    private static final int READY = 1 << 2;

    private final Tlp[] tlps;
    private final long[] addresses;
    private final long[] behind;
    private final int[] flags;
    private final CompletionStatus[] statuses;
    private final byte[][] data;
    private final int[] free;
    private int freeCount;

    Transactions(int capacity) {
        tlps = new Tlp[capacity];
        addresses = new long[capacity];
        behind = new long[capacity];
        flags = new int[capacity];
        statuses = new CompletionStatus[capacity];
        data = new byte[capacity][];
        free = new int[capacity];
        while (freeCount < capacity) {
            free[freeCount++] = capacity - freeCount;
        }
    }

    int capacity() {
        return tlps.length;
    }

    /**
     * Takes a slot; the caller sees to it that there is one.
     *
     * @param ticket posted packets up to this one go before
     */
    int begin(Tlp tlp, long ticket) {
        int slot = free[--freeCount];
        tlps[slot] = tlp;
        behind[slot] = ticket;
        flags[slot] = 0;
        statuses[slot] = CompletionStatus.SUCCESS;
        data[slot] = null;
        return slot;
    }

    void end(int slot) {
        tlps[slot] = null;
        free[freeCount++] = slot;
    }

    Tlp tlp(int slot) {
        return tlps[slot];
    }

    Tlp.MemoryRequest request(int slot) {
        return (Tlp.MemoryRequest) tlps[slot];
    }

    long behind(int slot) {
        return behind[slot];
    }

    void translated(int slot, long address) {
        addresses[slot] = address;
        flags[slot] |= TRANSLATED;
    }

    void refused(int slot, CompletionStatus status) {
        statuses[slot] = status;
        flags[slot] = flags[slot] & ~TRANSLATED | REFUSED;
    }

    boolean hasAddress(int slot) {
        return (flags[slot] & TRANSLATED) != 0;
    }

    /** Physical address, if there is one. */
    long address(int slot) {
        return addresses[slot];
    }

    CompletionStatus status(int slot) {
        return statuses[slot];
    }

    /** Refused with success: reads give zeroes, writes are ignored. */
    boolean readsAsZero(int slot) {
        return (flags[slot] & REFUSED) != 0 && statuses[slot] == CompletionStatus.SUCCESS;
    }

    /** Nothing but the order of posted packets holds it back. */
    void ready(int slot) {
        flags[slot] |= READY;
    }

    void released(int slot) {
        flags[slot] &= ~READY;
    }

    boolean isReady(int slot) {
        return (flags[slot] & READY) != 0;
    }

    /** Whether the slot holds a read that waits for posted packets. */
    boolean isHeldRead(int slot) {
        return tlps[slot] != null
                && isReady(slot)
                && tlps[slot].flowClass() == FlowClass.NON_POSTED;
    }

    void data(int slot, byte[] bytes) {
        data[slot] = bytes;
    }

    /** What was read; null if nothing was. */
    byte[] data(int slot) {
        return data[slot];
    }
}
