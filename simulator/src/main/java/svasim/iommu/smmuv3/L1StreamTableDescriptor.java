package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;

/** First-level descriptor of a two-level stream table, 8 bytes (5.1). */
public final class L1StreamTableDescriptor {
    private static final int MAX_SPAN = 11;

    private L1StreamTableDescriptor() {}

    /**
     * Descriptor of a table.
     *
     * @param log2 of the number of its entries
     */
    public static long of(long table, int log2) {
        return table | log2 + 1;
    }

    /** Number of entries it leads to: 2^(Span-1), or 0 if Span is invalid. */
    static int entries(long word) {
        int span = Bits.small(word, 4, 0);
        return span == 0 || span > MAX_SPAN ? 0 : 1 << span - 1;
    }

    /** L2Ptr, aligned to the size of the table that it points to. */
    public static long table(long word) {
        long size = (long) entries(word) << StreamTableBase.ENTRY_SHIFT;
        return Bits.inPlace(word, 55, 6) & -size;
    }

    /** Address of an entry, or -1 if the descriptor does not lead to it. */
    public static long entryAddress(long word, StreamTableBase base, int streamId) {
        int entries = entries(word);
        int index = base.secondLevelIndex(streamId);
        if (entries > 1 << base.split() || index >= entries) {
            return -1;
        }
        return table(word) + ((long) index << StreamTableBase.ENTRY_SHIFT);
    }
}
