package svasim.paging;

import svasim.layout.WordLayout;

/**
 * Entries of x86-64 tables of 4 or 5 levels, which processors and the first stage of VT-d share
 * (Intel SDM volume 3, 4.5; VT-d rev 5.10, 9.7, after the project's reference).
 */
public final class X86Format extends PageSizeBitFormat {
    /** The format has no state, so one is enough. */
    public static final X86Format INSTANCE = new X86Format();

    static final long PRESENT = 1L;
    static final long READ_WRITE = 1L << 1;
    static final long USER = 1L << 2;
    static final long ACCESSED = 1L << 5;
    static final long DIRTY = 1L << 6;
    static final long EXTENDED_ACCESSED = 1L << 10;
    static final long EXECUTE_DISABLE = 1L << 63;

    private X86Format() {
        super("PTE", "PDE", "PDPTE", "PML4E", "PML5E");
    }

    @Override
    public boolean present(long entry, int level) {
        return (entry & PRESENT) != 0;
    }

    @Override
    int rights(long entry, boolean leaf) {
        int kinds = Access.READ;
        if ((entry & READ_WRITE) != 0) {
            kinds |= Access.WRITE;
        }
        if ((entry & EXECUTE_DISABLE) == 0) {
            kinds |= Access.EXECUTE;
        }
        return Rights.of((entry & USER) != 0 ? kinds : 0, kinds);
    }

    /** Accessed from the start, as Linux writes it, so that walks need not update it. */
    @Override
    public long tableEntry(long address, int level) {
        return address | PRESENT | READ_WRITE | USER | ACCESSED;
    }

    @Override
    public long leafEntry(long address, int level, int access) {
        long entry = address | PRESENT;
        if (level > 1) {
            entry |= PAGE_SIZE;
        }
        if ((access & Access.WRITE) != 0) {
            entry |= READ_WRITE;
        }
        if ((access & Access.EXECUTE) == 0) {
            entry |= EXECUTE_DISABLE;
        }
        if ((access & Access.PRIVILEGED) == 0) {
            entry |= USER;
        }
        return entry;
    }

    @Override
    public String section() {
        return "Intel SDM 3, 4.5";
    }

    @Override
    public WordLayout layout(int level, boolean leaf) {
        WordLayout layout =
                WordLayout.of(entryName(level), section())
                        .with("P", 0, "present")
                        .with("R/W", 1, "may be written")
                        .with("U/S", 2, "user mode may use it")
                        .with("PWT", 3, "write-through")
                        .with("PCD", 4, "not cached")
                        .with("A", 5, "accessed");
        if (leaf) {
            layout = layout.with("D", 6, "dirty: has been written");
            layout =
                    level == 1
                            ? layout.with("PAT", 7, "memory type")
                            : layout.with("PS", 7, "maps a large page");
            layout = layout.with("G", 8, "global: stays when the address space changes");
        } else if (mayBeLeaf(level)) {
            layout = layout.with("PS", 7, "0: leads to a table");
        }
        layout =
                layout.with("EA", 10, "extended accessed: used by a device (VT-d)")
                        .with("address", 51, leaf ? shift(level) : 12, leaf ? "page" : "table");
        return layout.with("XD", 63, "must not be executed");
    }

    @Override
    long history(long leaf) {
        return leaf & (ACCESSED | DIRTY | EXTENDED_ACCESSED);
    }
}
