package svasim.models.dsa;

import java.util.Arrays;

/**
 * The 32 bytes of WQCFG, as driver and device see them; knows where each field is. The driver fills
 * one in and stores its dwords; the device decodes what was stored.
 */
final class Wqcfg {
    static final int BYTES = 32;

    /** Offset of the dword with mode, priority and PASID. */
    static final int MODE_OFFSET = 8;

    /** Offset of the dword with the state of the queue. */
    static final int STATE_OFFSET = 24;

    static final int DEDICATED = 1;
    static final int BLOCK_ON_FAULT = 1 << 1;
    static final int ATS_DISABLE = 1 << 2;
    static final int PRS_DISABLE = 1 << 3;
    static final int PASID_ENABLE = 1 << 28;
    static final int PRIVILEGED = 1 << 29;

    private static final int PRIORITY_SHIFT = 4;
    private static final int PRIORITY_MASK = 0xf;
    private static final int PASID_SHIFT = 8;
    private static final int PASID_MASK = 0xf_ffff;
    private static final int TRANSFER_SHIFT_MASK = 0x1f;
    private static final int BATCH_SHIFT_SHIFT = 5;
    private static final int STATE_SHIFT = 30;

    private final int[] dwords = new int[BYTES / Integer.BYTES];

    int dword(int offset) {
        return dwords[offset / Integer.BYTES];
    }

    Wqcfg dword(int offset, int value) {
        dwords[offset / Integer.BYTES] = value;
        return this;
    }

    void clear() {
        Arrays.fill(dwords, 0);
    }

    /** Number of descriptors that the queue holds; 0 if it is not used. */
    int size() {
        return dwords[0] & 0xffff;
    }

    Wqcfg size(int entries) {
        return dword(0, entries);
    }

    /** Entries that the limited portal may fill; of a shared queue only. */
    int threshold() {
        return dwords[1] & 0xffff;
    }

    Wqcfg threshold(int entries) {
        return dword(4, entries);
    }

    boolean isShared() {
        return !has(DEDICATED);
    }

    boolean has(int modeBit) {
        return (dword(MODE_OFFSET) & modeBit) != 0;
    }

    Wqcfg mode(int modeBits, int priority) {
        return dword(MODE_OFFSET, modeBits | priority << PRIORITY_SHIFT);
    }

    int priority() {
        return dword(MODE_OFFSET) >>> PRIORITY_SHIFT & PRIORITY_MASK;
    }

    /** PASID of a dedicated queue. */
    int pasid() {
        return dword(MODE_OFFSET) >>> PASID_SHIFT & PASID_MASK;
    }

    /** Sets PASID and its enable bit. */
    Wqcfg pasid(int pasid) {
        int others = dword(MODE_OFFSET) & ~(PASID_MASK << PASID_SHIFT);
        return dword(MODE_OFFSET, others | pasid << PASID_SHIFT | PASID_ENABLE);
    }

    int maxTransferShift() {
        return dword(12) & TRANSFER_SHIFT_MASK;
    }

    Wqcfg maxTransfer(int transferShift, int batchShift) {
        return dword(12, transferShift | batchShift << BATCH_SHIFT_SHIFT);
    }

    /** The dword at {@link #STATE_OFFSET} of a queue in this state. */
    static int stateDword(WorkQueue.State state) {
        return state.code() << STATE_SHIFT;
    }

    /** State in a dword that was read from {@link #STATE_OFFSET}. */
    static WorkQueue.State state(int dword) {
        return WorkQueue.State.of(dword >>> STATE_SHIFT);
    }
}
