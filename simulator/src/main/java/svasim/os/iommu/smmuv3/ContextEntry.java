package svasim.os.iommu.smmuv3;

import svasim.os.mm.ProcessStage;

/** Words of context descriptors as the driver writes them (SMMUv3 reference, 3.1). */
final class ContextEntry {
    static final int WORDS = 8;
    static final int BYTES = WORDS * Long.BYTES;

    private static final long NO_TTB0 = 1L << 14;
    private static final long NO_TTB1 = 1L << 30;
    private static final long VALID = 1L << 31;
    private static final int OUTPUT_SIZE_SHIFT = 32;
    private static final long AARCH64 = 1L << 41;
    private static final long STALL = 1L << 44;
    private static final long RECORD = 1L << 45;
    private static final long ABORT = 1L << 46;

    /** The ASID is the unit's own, not that of the cores. */
    private static final long PRIVATE_ASID = 1L << 47;

    private static final int ASID_SHIFT = 48;

    /** Walks are write-back, inner shareable. */
    private static final long WALKS_CACHEABLE = 1 << 8 | 1 << 10 | 3 << 12;

    /** Attribute 0: normal memory, write-back. */
    private static final long MEMORY_ATTRIBUTES = 0xFF;

    private ContextEntry() {}

    /**
     * Tables of 4 KiB for the lower half of 48 bits.
     *
     * @param outputSizeCode as IDR5.OAS codes it
     * @param stalls whether faults stall
     */
    static long[] tables(long root, int asid, int outputSizeCode, boolean stalls) {
        long word0 =
                Long.SIZE - ProcessStage.INPUT_BITS
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
        return new long[] {word0, root, 0, MEMORY_ATTRIBUTES, 0, 0, 0, 0};
    }

    /** Valid, but nothing is walked: accesses abort, and no event tells of them. */
    static long[] quiet(int asid, boolean stallsAlways) {
        long word0 =
                NO_TTB0
                        | NO_TTB1
                        | VALID
                        | AARCH64
                        | (stallsAlways ? STALL | RECORD : 0)
                        | ABORT
                        | PRIVATE_ASID
                        | (long) asid << ASID_SHIFT;
        return new long[] {word0, 0, 0, MEMORY_ATTRIBUTES, 0, 0, 0, 0};
    }

    static long[] invalid() {
        return new long[WORDS];
    }

    /** Whether the unit looks at word 0 only. */
    static boolean usesFirstWordOnly(long word0) {
        return (word0 & VALID) == 0 || (word0 & NO_TTB0) != 0;
    }
}
