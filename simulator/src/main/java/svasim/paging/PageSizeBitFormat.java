package svasim.paging;

/**
 * What x86-64 tables and the second-stage tables of VT-d have in common: up to 5 levels, a bit that
 * makes an entry above the lowest level a leaf, and pages of 4 KiB, 2 MiB and 1 GiB.
 */
abstract class PageSizeBitFormat extends StageFormat {
    static final long PAGE_SIZE = 1L << 7;

    /** Architected limit of physical addresses. */
    static final int ADDRESS_BITS = 52;

    /** Its entries map pages of 1 GiB. */
    static final int TOP_LEAF_LEVEL = 3;

    private static final int PAGE_SHIFT = 12;
    private static final int TOP_LEVEL = 5;
    private static final long ADDRESS = (1L << ADDRESS_BITS) - (1L << PAGE_SHIFT);

    private final String[] names;

    /**
     * @param names of entries, from the lowest level on
     */
    PageSizeBitFormat(String... names) {
        super(PAGE_SHIFT, TOP_LEVEL);
        this.names = names;
    }

    @Override
    public final String entryName(int level) {
        return names[level - 1];
    }

    @Override
    public final boolean mayBeLeaf(int level) {
        return level <= TOP_LEAF_LEVEL;
    }

    @Override
    public final boolean leaf(long entry, int level) {
        return level == 1 || mayBeLeaf(level) && (entry & PAGE_SIZE) != 0;
    }

    @Override
    public final long address(long entry, int level) {
        return leaf(entry, level) ? entry & ADDRESS & -(1L << shift(level)) : entry & ADDRESS;
    }
}
