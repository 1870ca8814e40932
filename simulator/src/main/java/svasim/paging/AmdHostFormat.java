package svasim.paging;

import svasim.layout.WordLayout;

/**
 * Entries of AMD-Vi host (v1) tables of 1 to 6 levels (project's reference amdvi.md, 4.1). An entry
 * names the level of the table that it maps, so that levels may be skipped, and a leaf may have a
 * size between those of two levels: it is coded in the low bits of the address, and the leaf stands
 * in every slot that its page covers.
 */
public final class AmdHostFormat extends StageFormat {
    /** The format has no state, so one is enough. */
    public static final AmdHostFormat INSTANCE = new AmdHostFormat();

    static final long PRESENT = 1L;
    static final long ACCESSED = 1L << 5;
    static final long DIRTY = 1L << 6;
    static final long READ = 1L << 61;
    static final long WRITE = 1L << 62;

    /** [56:52], and the page migration state of newer units. */
    static final long RESERVED = 0x7FL << 52;

    static final int ADDRESS_BITS = 52;
    static final int TOP_LEVEL = 6;

    private static final int PAGE_SHIFT = 12;
    private static final int TOP_LEAF_LEVEL = 5;
    private static final int NEXT_LEVEL_SHIFT = 9;
    private static final long ADDRESS = (1L << ADDRESS_BITS) - (1L << PAGE_SHIFT);

    /** Values of NextLevel that make a leaf. */
    private static final int LEAF_OF_LEVEL = 0;

    private static final int LEAF_OF_CODED_SIZE = 7;

    private static final String[] NAMES = {"PTE", "PDE-2", "PDE-3", "PDE-4", "PDE-5", "PDE-6"};

    private AmdHostFormat() {
        super(PAGE_SHIFT, TOP_LEVEL);
    }

    @Override
    public String entryName(int level) {
        return NAMES[level - 1];
    }

    @Override
    public boolean mayBeLeaf(int level) {
        return level <= TOP_LEAF_LEVEL;
    }

    /** Sizes between those of two levels too. */
    @Override
    public int levelOfLeaf(int pageShift) {
        if (pageShift > ADDRESS_BITS) {
            return 0;
        }
        int level = TOP_LEAF_LEVEL;
        while (level > 0 && shift(level) > pageShift) {
            level--;
        }
        return level;
    }

    @Override
    public boolean present(long entry, int level) {
        return (entry & PRESENT) != 0;
    }

    @Override
    public boolean leaf(long entry, int level) {
        int next = nextLevel(entry, level);
        return next == LEAF_OF_LEVEL || next == LEAF_OF_CODED_SIZE;
    }

    @Override
    public long address(long entry, int level) {
        return leaf(entry, level)
                ? entry & ADDRESS & -(1L << pageShift(entry, level))
                : entry & ADDRESS;
    }

    /** A coded size is twice the lowest address bit that is 0. */
    @Override
    public int pageShift(long leaf, int level) {
        return nextLevel(leaf, level) == LEAF_OF_CODED_SIZE
                ? Long.numberOfTrailingZeros(~(leaf & ADDRESS) >>> PAGE_SHIFT) + PAGE_SHIFT + 1
                : shift(level);
    }

    /** NextLevel. */
    @Override
    public int nextLevel(long entry, int level) {
        return (int) (entry >>> NEXT_LEVEL_SHIFT) & 7;
    }

    /** Whether NextLevel has a meaning in a table of this level. */
    boolean legalNextLevel(long entry, int level) {
        int next = nextLevel(entry, level);
        return switch (next) {
            case LEAF_OF_LEVEL -> mayBeLeaf(level);
            case LEAF_OF_CODED_SIZE -> {
                int shift = pageShift(entry, level);
                yield shift > shift(level) && shift < shift(level + 1) && shift <= ADDRESS_BITS;
            }
            default -> next < level;
        };
    }

    /** Execution is not controlled. */
    @Override
    int rights(long entry, boolean leaf) {
        return Rights.both(
                ((entry & READ) != 0 ? Access.READ : 0)
                        | ((entry & WRITE) != 0 ? Access.WRITE : 0)
                        | Access.EXECUTE);
    }

    @Override
    public long tableEntry(long address, int level) {
        return address | PRESENT | READ | WRITE | (long) level << NEXT_LEVEL_SHIFT;
    }

    @Override
    public long leafEntry(long address, int level, int access) {
        return address
                | PRESENT
                | ((access & Access.READ) != 0 ? READ : 0)
                | ((access & Access.WRITE) != 0 ? WRITE : 0);
    }

    @Override
    public long sizedLeafEntry(long address, int pageShift, int access) {
        int level = levelOfLeaf(pageShift);
        long entry = leafEntry(address, level, access);
        if (shift(level) == pageShift) {
            return entry;
        }
        long size = (1L << pageShift - 1) - (1L << PAGE_SHIFT);
        return entry | size | (long) LEAF_OF_CODED_SIZE << NEXT_LEVEL_SHIFT;
    }

    @Override
    public String section() {
        return "amdvi.md 4.1";
    }

    @Override
    public WordLayout layout(int level, boolean leaf) {
        WordLayout layout =
                WordLayout.of(entryName(level), section())
                        .with("PR", 0, "present")
                        .with("A", 5, "accessed");
        if (leaf) {
            layout = layout.with("D", 6, "dirty");
        }
        return layout.with("NextLevel", 11, 9, "level of the table below; 0 or 7: a page")
                .with("address", 51, 12, leaf ? "page" : "table")
                .with("IR", 61, "may be read")
                .with("IW", 62, "may be written");
    }

    @Override
    long history(long leaf) {
        return leaf & (ACCESSED | DIRTY);
    }
}
