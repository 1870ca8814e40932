package svasim.iommu.core;

/**
 * Pages that one invalidation can name: a power of two of them, aligned to their size.
 *
 * @param start address of the first
 * @param order log2 of their number; {@link #ALL_ORDER} for the whole address space
 */
public record Block(long start, int order) {
    private static final int PAGE_SHIFT = 12;

    /** Bytes of one page. */
    public static final int PAGE_BYTES = 1 << PAGE_SHIFT;

    private static final int ALL_ORDER = 52;

    public static final Block ALL = new Block(0, ALL_ORDER);

    /** The smallest block that covers a range; an end of -1 means everything. */
    public static Block covering(long start, long end) {
        if (end == -1L) {
            return ALL;
        }
        long first = start >>> PAGE_SHIFT;
        long last = end - 1 >>> PAGE_SHIFT;
        int order = Long.SIZE - Long.numberOfLeadingZeros(first ^ last);
        return order + PAGE_SHIFT >= Long.SIZE - 1
                ? ALL
                : new Block(first >>> order << order + PAGE_SHIFT, order);
    }

    /** 2^order pages around an address; as many as there are if that is no smaller number. */
    public static Block ofOrder(long address, int order) {
        return order + PAGE_SHIFT >= Long.SIZE - 1
                ? ALL
                : new Block(address >>> order + PAGE_SHIFT << order + PAGE_SHIFT, order);
    }

    /**
     * A block as large as a range, to whose size hardware aligns the address: it covers the range
     * only if that begins at a multiple of its size.
     */
    public static Block ofSize(long start, long end) {
        if (end == -1L) {
            return ALL;
        }
        long pages = end - start + (1L << PAGE_SHIFT) - 1 >>> PAGE_SHIFT;
        int order = Long.SIZE - Long.numberOfLeadingZeros(pages - 1);
        return new Block(start >>> order + PAGE_SHIFT << order + PAGE_SHIFT, order);
    }

    /** First address behind the block, unless it is everything. */
    public long end() {
        return start + (1L << order + PAGE_SHIFT);
    }

    public boolean isAll() {
        return order == ALL_ORDER;
    }

    /** Whether the size is coded in the address (S). */
    public boolean isSized() {
        return order > 0;
    }

    /**
     * Address that codes the size too, as ATS, VT-d and AMD-Vi do: ones from the lowest bit up to,
     * not including, the bit whose zero says that the block ends there.
     */
    public long address() {
        if (isAll()) {
            return Long.MAX_VALUE >>> PAGE_SHIFT << PAGE_SHIFT;
        }
        return order == 0 ? start : start | (1L << order - 1) - 1 << PAGE_SHIFT;
    }
}
