package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;

/** Base register of the command buffer or of a log, whose entries all have 16 bytes (1.1). */
public final class RingBase {
    public static final int ENTRY_BYTES = 16;

    private static final int LENGTH_SHIFT = 56;

    /** A length below is reserved and counts as this. */
    public static final int LEAST_LENGTH = 8;

    private RingBase() {}

    /**
     * @param log2 of the number of entries
     */
    public static long of(long address, int log2) {
        return address | (long) log2 << LENGTH_SHIFT;
    }

    static long address(long register) {
        return Bits.inPlace(register, 51, 12);
    }

    /** log2 of the number of entries. */
    static int log2(long register) {
        return Math.max(Bits.small(register, LENGTH_SHIFT + 3, LENGTH_SHIFT), LEAST_LENGTH);
    }
}
