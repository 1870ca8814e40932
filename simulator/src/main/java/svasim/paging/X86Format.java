package svasim.paging;

/**
 * Entries of x86-64 tables of 4 or 5 levels, which processors and the first stage of VT-d share
 * (Intel SDM volume 3, 4.5; VT-d rev 5.10, 9.7, after the project's reference).
 */
public final class X86Format extends StageFormat {
    /** The format has no state, so one is enough. */
    public static final X86Format INSTANCE = new X86Format();

    static final long PRESENT = 1L;
    static final long READ_WRITE = 1L << 1;
    static final long USER = 1L << 2;
    static final long ACCESSED = 1L << 5;
    static final long DIRTY = 1L << 6;
    static final long PAGE_SIZE = 1L << 7;
    static final long EXTENDED_ACCESSED = 1L << 10;
    static final long EXECUTE_DISABLE = 1L << 63;

    /** Architected limit of physical addresses. */
    static final int ADDRESS_BITS = 52;

    /** PDPT entries map pages of 1 GiB. */
    static final int TOP_LEAF_LEVEL = 3;

    private static final long ADDRESS = (1L << ADDRESS_BITS) - (1L << 12);
    private static final String[] NAMES = {"PTE", "PDE", "PDPTE", "PML4E", "PML5E"};

    private X86Format() {
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
        return (entry & PRESENT) != 0;
    }

    @Override
    public boolean leaf(long entry, int level) {
        return level == 1 || mayBeLeaf(level) && (entry & PAGE_SIZE) != 0;
    }

    @Override
    public long address(long entry, int level) {
        return leaf(entry, level) ? entry & ADDRESS & -(1L << shift(level)) : entry & ADDRESS;
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
    long history(long leaf) {
        return leaf & (ACCESSED | DIRTY | EXTENDED_ACCESSED);
    }
}
