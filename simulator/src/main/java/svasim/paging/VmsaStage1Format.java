package svasim.paging;

import svasim.layout.WordLayout;

/** Stage 1 descriptors of VMSAv8-64 (reference smmuv3.md, 4.2). */
public final class VmsaStage1Format extends VmsaFormat {
    /** AP[1]: unprivileged access. */
    static final long UNPRIVILEGED = 1L << 6;

    /** AP[2]. */
    static final long READ_ONLY = 1L << 7;

    private static final long NOT_GLOBAL = 1L << 11;
    private static final long PXN = 1L << 53;
    private static final long UXN = 1L << 54;
    private static final long PXN_TABLE = 1L << 59;
    private static final long UXN_TABLE = 1L << 60;

    /** APTable[0]: no unprivileged access below. */
    private static final long NO_UNPRIVILEGED_TABLE = 1L << 61;

    /** APTable[1]: no write below. */
    private static final long READ_ONLY_TABLE = 1L << 62;

    /**
     * @param wide 52-bit addresses: with 64 KiB, in a unit whose output size is 52 bits; with 4 and
     *     16 KiB, the DS bit
     */
    public VmsaStage1Format(Granule granule, boolean wide) {
        super(granule, wide);
    }

    @Override
    int rights(long entry, boolean leaf) {
        return leaf ? leafRights(entry) : tableRights(entry);
    }

    private static int leafRights(long entry) {
        int data = (entry & READ_ONLY) == 0 ? Access.READ | Access.WRITE : Access.READ;
        int unprivileged = (entry & UNPRIVILEGED) != 0 ? data : 0;
        return Rights.of(
                unprivileged | ((entry & UXN) == 0 ? Access.EXECUTE : 0),
                data | ((entry & PXN) == 0 ? Access.EXECUTE : 0));
    }

    private static int tableRights(long entry) {
        int rights = Rights.ALL;
        if ((entry & READ_ONLY_TABLE) != 0) {
            rights &= ~Rights.both(Access.WRITE);
        }
        if ((entry & NO_UNPRIVILEGED_TABLE) != 0) {
            rights &= ~Rights.of(Access.READ | Access.WRITE, 0);
        }
        if ((entry & UXN_TABLE) != 0) {
            rights &= ~Rights.of(Access.EXECUTE, 0);
        }
        if ((entry & PXN_TABLE) != 0) {
            rights &= ~Rights.of(0, Access.EXECUTE);
        }
        return rights;
    }

    /** MAIR attribute 0; pages of one privilege are never executable by the other. */
    @Override
    long attributes(int access) {
        boolean privileged = (access & Access.PRIVILEGED) != 0;
        boolean execute = (access & Access.EXECUTE) != 0;
        long bits = privileged ? 0 : UNPRIVILEGED | NOT_GLOBAL;
        if ((access & Access.WRITE) == 0) {
            bits |= READ_ONLY;
        }
        if (privileged || !execute) {
            bits |= UXN;
        }
        if (!privileged || !execute) {
            bits |= PXN;
        }
        return bits;
    }

    @Override
    WordLayout permissions(WordLayout leaf) {
        return leaf.with("AttrIndx", 4, 2, "memory type, an index into MAIR")
                .with("AP[1]", 6, "unprivileged access")
                .with("AP[2]", 7, "read only")
                .with("nG", 11, "not global: belongs to an ASID")
                .with("PXN", 53, "not executable privileged")
                .with("UXN", 54, "not executable unprivileged");
    }

    @Override
    WordLayout limits(WordLayout table) {
        return table.with("PXNTable", 59, "below, not executable privileged")
                .with("UXNTable", 60, "below, not executable unprivileged")
                .with("APTable[0]", 61, "below, no unprivileged access")
                .with("APTable[1]", 62, "below, no write");
    }

    @Override
    long history(long leaf) {
        return leaf & DIRTY_MODIFIER;
    }
}
