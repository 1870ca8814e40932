package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;

/** Context descriptor, the four of its eight words that translation depends on (5.4). */
public record ContextDescriptor(long w0, long w1, long w2, long w3) {
    public static final int BYTES = 64;

    private static final int INPUT_BITS_48 = Long.SIZE - 48;
    private static final long NO_TTB0 = 1L << 14;
    private static final long NO_TTB1 = 1L << 30;
    private static final long VALID = 1L << 31;
    private static final int OUTPUT_SIZE_SHIFT = 32;
    private static final long AARCH64 = 1L << 41;
    private static final long STALL = 1L << 44;
    private static final long RECORD = 1L << 45;
    private static final long ABORT = 1L << 46;

    /** ASET: the ASID is the unit's own, not that of the cores. */
    private static final long PRIVATE_ASID = 1L << 47;

    private static final int ASID_SHIFT = 48;

    /** Walks are write-back, inner shareable. */
    private static final long WALKS_CACHEABLE = 1 << 8 | 1 << 10 | 3 << 12;

    /** Attribute 0: normal memory, write-back. */
    private static final long MEMORY_ATTRIBUTES = 0xFF;

    /** Not valid. */
    public static final ContextDescriptor INVALID = new ContextDescriptor(0, 0, 0, 0);

    /**
     * Tables of 4 KiB for the lower half of 48 bits.
     *
     * @param outputSizeCode as IDR5.OAS codes it
     * @param stalls whether faults stall
     */
    public static ContextDescriptor tables(
            long root, int asid, int outputSizeCode, boolean stalls) {
        long word0 =
                INPUT_BITS_48
                        | WALKS_CACHEABLE
                        | NO_TTB1
                        | VALID
                        | (long) outputSizeCode << OUTPUT_SIZE_SHIFT
                        | AARCH64
                        | (stalls ? STALL : 0)
                        | RECORD
                        | ABORT
                        | PRIVATE_ASID
                        | (long) asid << ASID_SHIFT;
        return new ContextDescriptor(word0, root, 0, MEMORY_ATTRIBUTES);
    }

    /** Valid, but nothing is walked: accesses abort, and no event tells of them. */
    public static ContextDescriptor quiet(int asid, boolean stallsAlways) {
        long word0 =
                NO_TTB0
                        | NO_TTB1
                        | VALID
                        | AARCH64
                        | (stallsAlways ? STALL | RECORD : 0)
                        | ABORT
                        | PRIVATE_ASID
                        | (long) asid << ASID_SHIFT;
        return new ContextDescriptor(word0, 0, 0, MEMORY_ATTRIBUTES);
    }

    /** The same, but an event tells of each access. */
    public ContextDescriptor reporting() {
        return new ContextDescriptor(w0 | RECORD, w1, w2, w3);
    }

    /** All words, as they lie in memory. */
    public long[] words() {
        return new long[] {w0, w1, w2, w3, 0, 0, 0, 0};
    }

    /** Whether nothing is looked at but word 0, which is this. */
    public static boolean usesFirstWordOnly(long word0) {
        return (word0 & VALID) == 0 || (word0 & NO_TTB0) != 0;
    }

    boolean valid() {
        return Bits.bit(w0, 31);
    }

    /** TxSZ of the low (0) or high (1) half. */
    int tsz(int half) {
        return Bits.small(w0, 5 + 16 * half, 16 * half);
    }

    /** log2 of the granule of TG0 or TG1, which are coded differently; 0 if reserved. */
    int granuleShift(int half) {
        return half == 0 ? granule0(Bits.small(w0, 7, 6)) : granule1(Bits.small(w0, 23, 22));
    }

    private static int granule0(int code) {
        return switch (code) {
            case 0 -> 12;
            case 1 -> 16;
            case 2 -> 14;
            default -> 0;
        };
    }

    private static int granule1(int code) {
        return switch (code) {
            case 1 -> 14;
            case 2 -> 12;
            case 3 -> 16;
            default -> 0;
        };
    }

    /** EPDx: no walks in this half. */
    boolean walksDisabled(int half) {
        return Bits.bit(w0, 14 + 16 * half);
    }

    boolean bigEndian() {
        return Bits.bit(w0, 15);
    }

    int ips() {
        return Bits.small(w0, 34, 32);
    }

    boolean accessFaultDisabled() {
        return Bits.bit(w0, 35);
    }

    boolean wxn() {
        return Bits.bit(w0, 36);
    }

    boolean topByteIgnored(int half) {
        return Bits.bit(w0, 38 + half);
    }

    boolean pan() {
        return Bits.bit(w0, 40);
    }

    boolean aa64() {
        return Bits.bit(w0, 41);
    }

    boolean hd() {
        return Bits.bit(w0, 42);
    }

    boolean ha() {
        return Bits.bit(w0, 43);
    }

    boolean stall() {
        return Bits.bit(w0, 44);
    }

    boolean record() {
        return Bits.bit(w0, 45);
    }

    /** A: terminated transactions abort; else they read zero and ignore writes. */
    boolean abort() {
        return Bits.bit(w0, 46);
    }

    /** ASET: the ASID is not shared with CPUs. */
    boolean ownAsidSet() {
        return Bits.bit(w0, 47);
    }

    int asid() {
        return Bits.small(w0, 63, 48);
    }

    /** HADx: permission limits of table descriptors are ignored. */
    boolean hierarchyDisabled(int half) {
        return Bits.bit(half(half), 1);
    }

    /** E0PDx: unprivileged access to this half faults. */
    boolean unprivilegedDisabled(int half) {
        return Bits.bit(half(half), 2);
    }

    boolean haft() {
        return Bits.bit(w1, 3);
    }

    /** EPAN: PAN looks at user-executable pages too. */
    boolean enhancedPan() {
        return Bits.bit(w1, 59);
    }

    long ttb(int half) {
        return Bits.inPlace(half(half), 51, 4);
    }

    boolean ds() {
        return Bits.bit(w2, 58);
    }

    private long half(int half) {
        return half == 0 ? w1 : w2;
    }
}
