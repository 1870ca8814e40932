package svasim.iommu.smmuv3;

/** Bits of CR0 and CR0ACK (6.3.9). */
public final class Cr0 {
    public static final int SMMUEN = 1;
    public static final int PRIQEN = 1 << 1;
    public static final int EVENTQEN = 1 << 2;
    public static final int CMDQEN = 1 << 3;
    public static final int ATSCHK = 1 << 4;

    private static final int VMW_SHIFT = 6;
    private static final int VMW_LIMIT = 4;

    private Cr0() {}

    /** Bits that software can set on a unit with these features; DPT walks are not modelled. */
    static long writable(Features features) {
        long mask = SMMUEN | EVENTQEN | CMDQEN;
        mask |= features.has(IdField.PRI) ? PRIQEN : 0;
        mask |= features.has(IdField.ATS) ? ATSCHK : 0;
        mask |= features.has(IdField.VMW) ? 0b111L << VMW_SHIFT : 0;
        return mask;
    }

    /** Low bits of a VMID that invalidation ignores; codes above 4 are reserved and taken as 0. */
    static int vmidWildcardBits(long cr0) {
        int code = (int) (cr0 >>> VMW_SHIFT) & 0b111;
        return code > VMW_LIMIT ? 0 : code;
    }
}
