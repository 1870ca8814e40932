package svasim.paging;

import svasim.layout.WordLayout;

/** Stage 2 descriptors of VMSAv8-64 (reference smmuv3.md, 4.2). */
public final class VmsaStage2Format extends VmsaFormat {
    /** S2AP[0]. */
    static final long READ = 1L << 6;

    /** S2AP[1]. */
    static final long WRITE = 1L << 7;

    /** XN[0], where there are separate bits for privileged and unprivileged execution (XNX). */
    static final long EXECUTE_NEVER_0 = 1L << 53;

    /** XN, or XN[1] with XNX. */
    static final long EXECUTE_NEVER = 1L << 54;

    /** MemAttr[3:2], the outer attributes; with S2FWB only MemAttr[2] counts. */
    private static final long OUTER = 3L << 4;

    private static final long NORMAL_IF_FORCED = 1L << 4;
    private static final long NORMAL_WRITE_BACK = 0xFL << 2;

    /**
     * @param wide 52-bit addresses: with 64 KiB, in a unit whose output size is 52 bits; with 4 and
     *     16 KiB, the DS bit
     */
    public VmsaStage2Format(Granule granule, boolean wide) {
        super(granule, wide);
    }

    /**
     * Whether the leaf maps Device memory.
     *
     * @param forced MemAttr as S2FWB codes it (Arm architecture manual, D8.6)
     */
    static boolean deviceMemory(long leaf, boolean forced) {
        return (leaf & (forced ? NORMAL_IF_FORCED : OUTER)) == 0;
    }

    @Override
    int rights(long entry, boolean leaf) {
        if (!leaf) {
            return Rights.ALL;
        }
        int kinds = (entry & READ) != 0 ? Access.READ : 0;
        if ((entry & WRITE) != 0) {
            kinds |= Access.WRITE;
        }
        if ((entry & EXECUTE_NEVER) == 0) {
            kinds |= Access.EXECUTE;
        }
        return Rights.both(kinds);
    }

    @Override
    long attributes(int access) {
        long bits = NORMAL_WRITE_BACK;
        if ((access & Access.READ) != 0) {
            bits |= READ;
        }
        if ((access & Access.WRITE) != 0) {
            bits |= WRITE;
        }
        if ((access & Access.EXECUTE) == 0) {
            bits |= EXECUTE_NEVER;
        }
        return bits;
    }

    @Override
    WordLayout permissions(WordLayout leaf) {
        return leaf.with("MemAttr", 5, 2, "memory type")
                .with("S2AP[0]", 6, "may be read")
                .with("S2AP[1]", 7, "may be written")
                .with("XN", 54, 53, "not executable");
    }

    @Override
    WordLayout limits(WordLayout table) {
        return table;
    }

    @Override
    long history(long leaf) {
        return leaf & DIRTY_MODIFIER;
    }
}
