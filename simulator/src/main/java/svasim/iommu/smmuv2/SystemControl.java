package svasim.iommu.smmuv2;

/** Bits of a bank's SCTLR (reference smmuv2.md 3). Access flags count always, as with AFE=1. */
public final class SystemControl {
    /** M: translation is on; else addresses pass unchanged. */
    public static final int ENABLE = 1;

    /** TRE: attributes by index. */
    public static final int ATTRIBUTES_BY_INDEX = 1 << 1;

    /** AFE. */
    public static final int ACCESS_FLAGS = 1 << 2;

    /** E: tables are big-endian. */
    public static final int BIG_ENDIAN = 1 << 4;

    /** CFRE: faults abort; else they read zero. */
    public static final int FAULT_ABORTS = 1 << 5;

    /** CFIE. */
    public static final int FAULT_INTERRUPTS = 1 << 6;

    /** CFCFG: faults stall; else they terminate. */
    public static final int FAULT_STALLS = 1 << 7;

    /** HUPCF: transactions go on while one of the bank is stalled. */
    public static final int HIT_UNDER_FAULT = 1 << 8;

    /** ASIDPNE: the ASID is not shared with CPUs. */
    public static final int PRIVATE_ASID = 1 << 12;

    private SystemControl() {}
}
