package svasim.paging;

/**
 * Entries of VT-d second-stage tables of 3 to 5 levels (VT-d rev 5.10, 9.8, after the project's
 * reference, 4.2). There is no present bit: an entry that permits nothing is not present.
 */
public final class VtdSecondFormat extends StageFormat {
    /** The format has no state, so one is enough. */
    public static final VtdSecondFormat INSTANCE = new VtdSecondFormat();

    static final long READ = 1L;
    static final long WRITE = 1L << 1;
    static final long PAGE_SIZE = 1L << 7;
    static final long ACCESSED = 1L << 8;
    static final long DIRTY = 1L << 9;
    static final long SNOOP = 1L << 11;

    /** IR of revision 5.10; IW is the bit above. */
    static final int IO_READ_SHIFT = 61;

    /** IW of revision 5.10 (TM before): has to be 0 while the unit has no use for it. */
    static final long IO_WRITE = 1L << 62;

    static final int ADDRESS_BITS = 52;

    /** SS-PDPEs map pages of 1 GiB. */
    static final int TOP_LEAF_LEVEL = 3;

    private static final long ADDRESS = (1L << ADDRESS_BITS) - (1L << 12);
    private static final String[] NAMES = {"SS-PTE", "SS-PDE", "SS-PDPE", "SS-PML4E", "SS-PML5E"};

    private VtdSecondFormat() {
        super(12, 5);
    }

    @Override
    public String entryName(int level) {
        return NAMES[level - 1];
    }

    @Override
    public boolean mayBeLeaf(int level) {
        return level <= TOP_LEAF_LEVEL;
    }

    @Override
    public boolean present(long entry, int level) {
        return (entry & (READ | WRITE)) != 0;
    }

    @Override
    public boolean leaf(long entry, int level) {
        return level == 1 || mayBeLeaf(level) && (entry & PAGE_SIZE) != 0;
    }

    @Override
    public long address(long entry, int level) {
        return leaf(entry, level) ? entry & ADDRESS & -(1L << shift(level)) : entry & ADDRESS;
    }

    /** Execution is not controlled: bit 2 is ignored. */
    @Override
    int rights(long entry, boolean leaf) {
        return Rights.both((int) entry & (Access.READ | Access.WRITE) | Access.EXECUTE);
    }

    @Override
    public long tableEntry(long address, int level) {
        return address | READ | WRITE;
    }

    @Override
    public long leafEntry(long address, int level, int access) {
        long kinds = access & (Access.READ | Access.WRITE);
        return address | kinds | (level > 1 ? PAGE_SIZE : 0);
    }

    @Override
    long history(long leaf) {
        return leaf & (ACCESSED | DIRTY);
    }
}
