package svasim.paging;

import svasim.layout.WordLayout;

/**
 * Geometry and bits of one page-table format; it has no state and no options. Walks read entries
 * through a {@link Stage}, which adds the options; {@link PageTableEditor} writes them.
 *
 * <p>Levels count upwards in all formats: 1 is the table whose entries map the smallest page. x86
 * calls them PT, PD, PDPT, PML4, PML5; VMSAv8-64 level n is level 4 - n here.
 */
public abstract class StageFormat {
    /** An entry that maps nothing, in every format. */
    public static final long EMPTY = 0L;

    private static final int ENTRY_SHIFT = 3;

    private final int granuleShift;
    private final int topLevel;

    StageFormat(int granuleShift, int topLevel) {
        this.granuleShift = granuleShift;
        this.topLevel = topLevel;
    }

    /** log2 of the bytes of a table and of the smallest page. */
    public final int granuleShift() {
        return granuleShift;
    }

    /** The highest level that a table may have. */
    public final int topLevel() {
        return topLevel;
    }

    /** Bits of the input that index a full table. */
    public final int indexBits() {
        return granuleShift - ENTRY_SHIFT;
    }

    /** log2 of the bytes that one entry of a level maps. */
    public final int shift(int level) {
        return granuleShift + indexBits() * (level - 1);
    }

    /** Level whose leaves have this size, or 0 if the format has no such leaf. */
    public int levelOfLeaf(int pageShift) {
        for (int level = 1; level <= topLevel; level++) {
            if (shift(level) == pageShift && mayBeLeaf(level)) {
                return level;
            }
        }
        return 0;
    }

    /** The architecture's name of an entry of this level, for example {@code "PDE"}. */
    public abstract String entryName(int level);

    /** Whether the format has leaves at this level, if the unit supports their size. */
    public abstract boolean mayBeLeaf(int level);

    /** Whether the entry maps something: a table or a page. */
    public abstract boolean present(long entry, int level);

    /** Whether the present entry maps a page. */
    public abstract boolean leaf(long entry, int level);

    /** Address of the table or page that the present entry maps. */
    public abstract long address(long entry, int level);

    /** log2 of the page that the leaf maps: that of its level, if the format codes no other. */
    public int pageShift(long leaf, int level) {
        return shift(level);
    }

    /** log2 of the pages that the leaf says are mapped alike and side by side, at least its own. */
    int groupShift(long leaf, int level) {
        return pageShift(leaf, level);
    }

    /** Level of the table that the present entry maps: the next, if the format skips none. */
    public int nextLevel(long entry, int level) {
        return level - 1;
    }

    /** {@link Rights} that the present entry leaves, all options on. */
    abstract int rights(long entry, boolean leaf);

    /**
     * An entry that maps a table and restricts nothing.
     *
     * @param level level of the table that it points to
     */
    public abstract long tableEntry(long address, int level);

    /**
     * An entry that maps a page of normal, coherent memory.
     *
     * @param level level of the table that it is written to
     * @param access what the page permits; with {@link Access#PRIVILEGED}, to privileged software
     *     only
     */
    public abstract long leafEntry(long address, int level, int access);

    /**
     * An entry that maps a page of a size that {@link #levelOfLeaf} knows; it is written to as many
     * neighbouring slots as the page covers.
     */
    public long sizedLeafEntry(long address, int pageShift, int access) {
        return leafEntry(address, levelOfLeaf(pageShift), access);
    }

    /** Where the format is specified, for people. */
    public abstract String section();

    /** The fields of an entry, for people. */
    public abstract WordLayout layout(int level, boolean leaf);

    /** The accessed and dirty bits of a leaf, which a change of permissions has to keep. */
    abstract long history(long leaf);

    /** What the leaf permits, in the form that {@link #leafEntry} takes. */
    public final int access(long leaf) {
        int rights = rights(leaf, true);
        return Rights.unprivileged(rights) != 0
                ? Rights.unprivileged(rights)
                : Rights.privileged(rights) | Access.PRIVILEGED;
    }
}
