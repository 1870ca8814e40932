package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;

/**
 * A queue's base register as the hardware uses it (3.5.1).
 *
 * @param address aligned to the larger of the queue's size and 32 bytes
 * @param log2 of the number of entries
 */
public record QueueBase(long address, int log2) {
    private static final int MIN_ALIGNMENT = 32;

    private static final long ALLOCATE = 1L << 62;

    /** Value of the base register, with the allocate hint. */
    public long register() {
        return address | ALLOCATE | log2;
    }

    /**
     * @param limitLog2 largest LOG2SIZE, which larger values count as
     */
    static QueueBase of(long register, int limitLog2, int entryBytes) {
        int log2 = Math.min(Bits.small(register, 4, 0), limitLog2);
        long alignment = Math.max((long) entryBytes << log2, MIN_ALIGNMENT);
        return new QueueBase(Bits.inPlace(register, 55, 5) & -alignment, log2);
    }

    /** Bits of an index register that count: the index and the wrap bit above it. */
    public long indexMask() {
        return (2L << log2) - 1;
    }
}
