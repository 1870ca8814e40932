package svasim.paging;

import svasim.layout.WordLayout;

/**
 * Entries of VT-d second-stage tables of 3 to 5 levels (VT-d rev 5.10, 9.8, after the project's
 * reference, 4.2). There is no present bit: an entry that permits nothing is not present.
 */
public final class VtdSecondFormat extends PageSizeBitFormat {
    /** The format has no state, so one is enough. */
    public static final VtdSecondFormat INSTANCE = new VtdSecondFormat();

    static final long READ = 1L;
    static final long WRITE = 1L << 1;
    static final long ACCESSED = 1L << 8;
    static final long DIRTY = 1L << 9;
    static final long SNOOP = 1L << 11;

    /** IR of revision 5.10; IW is the bit above. */
    static final int IO_READ_SHIFT = 61;

    /** IW of revision 5.10 (TM before): has to be 0 while the unit has no use for it. */
    static final long IO_WRITE = 1L << 62;

    private VtdSecondFormat() {
        super("SS-PTE", "SS-PDE", "SS-PDPE", "SS-PML4E", "SS-PML5E");
    }

    @Override
    public boolean present(long entry, int level) {
        return (entry & (READ | WRITE)) != 0;
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
    public String section() {
        return "VT-d 9.8";
    }

    @Override
    public WordLayout layout(int level, boolean leaf) {
        WordLayout layout =
                WordLayout.of(entryName(level), section())
                        .with("R", 0, "may be read")
                        .with("W", 1, "may be written");
        if (mayBeLeaf(level) && level > 1) {
            layout = layout.with("PS", 7, leaf ? "maps a large page" : "0: leads to a table");
        }
        layout = layout.with("A", 8, "accessed");
        if (leaf) {
            layout = layout.with("D", 9, "dirty").with("SNP", 11, "snoops caches");
        }
        return layout.with("address", 51, leaf ? shift(level) : 12, leaf ? "page" : "table");
    }

    @Override
    long history(long leaf) {
        return leaf & (ACCESSED | DIRTY);
    }
}
