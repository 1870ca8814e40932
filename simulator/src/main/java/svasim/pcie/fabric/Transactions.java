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

    private final Tlp[] tlps;
    private final long[] addresses;
    private final long[] arrivals;
    private final int[] flags;
    private final CompletionStatus[] statuses;
    private final byte[][] data;
    private final RootPort[] peers;
    private final int[] free;
    private int freeCount;
    private long arrived;

    Transactions(int capacity) {
        tlps = new Tlp[capacity];
        addresses = new long[capacity];
        arrivals = new long[capacity];
        flags = new int[capacity];
        statuses = new CompletionStatus[capacity];
        data = new byte[capacity][];
        peers = new RootPort[capacity];
        free = new int[capacity];
        while (freeCount < capacity) {
            free[freeCount++] = capacity - freeCount;
        }
    }

    int capacity() {
        return tlps.length;
    }

    /** Takes a slot; the caller sees to it that there is one. */
    int begin(Tlp tlp) {
        int slot = free[--freeCount];
        tlps[slot] = tlp;
        arrivals[slot] = ++arrived;
        flags[slot] = 0;
        statuses[slot] = CompletionStatus.SUCCESS;
        data[slot] = null;
        peers[slot] = null;
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

    /** Whether one packet has arrived before another. */
    boolean isBefore(int slot, int other) {
        return arrivals[slot] < arrivals[other];
    }

    void translated(int slot, long address) {
        addresses[slot] = address;
        flags[slot] |= TRANSLATED;
    }

    void refused(int slot, CompletionStatus status) {
        statuses[slot] = status;
        flags[slot] = flags[slot] & ~TRANSLATED | REFUSED;
    }

    /** It does not go to memory but down another port. */
    void toPeer(int slot, RootPort peer) {
        peers[slot] = peer;
    }

    /** The port that it goes down; null for memory. */
    RootPort peer(int slot) {
        return peers[slot];
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

    /** Whether the slot holds a packet that only the order holds back. */
    boolean isWaiting(int slot) {
        return tlps[slot] != null && isReady(slot);
    }

    /** Whether the slot holds a packet that is not posted and waits for posted ones. */
    boolean isHeld(int slot) {
        return isWaiting(slot) && tlps[slot].flowClass() != FlowClass.POSTED;
    }

    /** The agent has no answer until software has decided. */
    void stalled(int slot) {
        flags[slot] |= STALLED;
    }

    boolean isStalled(int slot) {
        return (flags[slot] & STALLED) != 0;
    }

    /** There is an answer; the result is whether there was none for want of software. */
    boolean answered(int slot) {
        boolean was = isStalled(slot);
        flags[slot] &= ~STALLED;
        return was;
    }

    /** Its address is no longer to be used: the agent has to be asked again. */
    void giveBack(int slot) {
        flags[slot] = flags[slot] & ~(TRANSLATED | READY) | ASK_AGAIN;
    }

    boolean isGivenBack(int slot) {
        return tlps[slot] != null && (flags[slot] & ASK_AGAIN) != 0;
    }

    void askedAgain(int slot) {
        flags[slot] &= ~ASK_AGAIN;
    }

    void data(int slot, byte[] bytes) {
        data[slot] = bytes;
    }

    /** What was read; null if nothing was. */
    byte[] data(int slot) {
        return data[slot];
    }
}
