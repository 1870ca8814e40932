package svasim.models.dsa.layout;

import java.util.Arrays;

/**
 * The 32 bytes of WQCFG, as driver and device see them; knows where each field is. The driver fills
 * one in and stores its dwords; the device decodes what was stored.
 */
public final class Wqcfg {
    public static final int BYTES = 32;

    /** Offset of the dword with mode, priority and PASID. */
    public static final int MODE_OFFSET = 8;

    /** Offset of the dword with the state of the queue. */
    public static final int STATE_OFFSET = 24;

    public static final int DEDICATED = 1;
    public static final int BLOCK_ON_FAULT = 1 << 1;
    public static final int ATS_DISABLE = 1 << 2;
    public static final int PRS_DISABLE = 1 << 3;
    public static final int PASID_ENABLE = 1 << 28;
    public static final int PRIVILEGED = 1 << 29;

    private static final int PRIORITY_SHIFT = 4;
    private static final int PRIORITY_MASK = 0xf;
    private static final int PASID_SHIFT = 8;
    private static final int PASID_MASK = 0xf_ffff;
    private static final int TRANSFER_SHIFT_MASK = 0x1f;
    private static final int BATCH_SHIFT_SHIFT = 5;
    private static final int BATCH_SHIFT_MASK = 0xf;
    private static final int STATE_SHIFT = 30;

    private final int[] dwords = new int[BYTES / Integer.BYTES];

    public int dword(int offset) {
        return dwords[offset / Integer.BYTES];
    }

    public Wqcfg dword(int offset, int value) {
        dwords[offset / Integer.BYTES] = value;
        return this;
    }

    public void clear() {
        Arrays.fill(dwords, 0);
    }

    /** Number of descriptors that the queue holds; 0 if it is not used. */
    public int size() {
        return dwords[0] & 0xffff;
    }

    public Wqcfg size(int entries) {
        return dword(0, entries);
    }

    /** Entries that the limited portal may fill; of a shared queue only. */
    public int threshold() {
        return dwords[1] & 0xffff;
    }

    public Wqcfg threshold(int entries) {
        return dword(4, entries);
    }

    public boolean isShared() {
        return !has(DEDICATED);
    }

    public boolean has(int modeBit) {
        return (dword(MODE_OFFSET) & modeBit) != 0;
    }

    public Wqcfg mode(int modeBits, int priority) {
        return dword(MODE_OFFSET, modeBits | priority << PRIORITY_SHIFT);
    }

    public int priority() {
        return dword(MODE_OFFSET) >>> PRIORITY_SHIFT & PRIORITY_MASK;
    }

    /** PASID of a dedicated queue. */
    public int pasid() {
        return dword(MODE_OFFSET) >>> PASID_SHIFT & PASID_MASK;
    }

    /** Sets PASID and its enable bit. */
    public Wqcfg pasid(int pasid) {
        int others = dword(MODE_OFFSET) & ~(PASID_MASK << PASID_SHIFT);
        return dword(MODE_OFFSET, others | pasid << PASID_SHIFT | PASID_ENABLE);
    }

    public int maxTransferShift() {
        return dword(12) & TRANSFER_SHIFT_MASK;
    }

    public int maxBatchShift() {
        return dword(12) >>> BATCH_SHIFT_SHIFT & BATCH_SHIFT_MASK;
    }

    /** Shifts of the largest transfer and of the largest batch. */
    public Wqcfg limits(int transferShift, int batchShift) {
        return dword(12, transferShift | batchShift << BATCH_SHIFT_SHIFT);
    }

    /** The dword at {@link #STATE_OFFSET} of a queue in this state. */
    public static int stateDword(QueueState state) {
        return state.code() << STATE_SHIFT;
    }

    /** State in a dword that was read from {@link #STATE_OFFSET}. */
    public static QueueState state(int dword) {
        return QueueState.of(dword >>> STATE_SHIFT);
    }
}
