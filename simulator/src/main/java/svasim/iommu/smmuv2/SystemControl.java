package svasim.iommu.smmuv2;

/** Bits of a bank's SCTLR (reference smmuv2.md 3). Access flags count always, as with AFE=1. */
final class SystemControl {
    /** M: translation is on; else addresses pass unchanged. */
    static final int ENABLE = 1;

    /** E: tables are big-endian. */
    static final int BIG_ENDIAN = 1 << 4;

    /** CFRE: faults abort; else they read zero. */
    static final int FAULT_ABORTS = 1 << 5;

    /** CFIE. */
    static final int FAULT_INTERRUPTS = 1 << 6;

    /** CFCFG: faults stall; else they terminate. */
    static final int FAULT_STALLS = 1 << 7;

    /** HUPCF: transactions go on while one of the bank is stalled. */
    static final int HIT_UNDER_FAULT = 1 << 8;

    /** ASIDPNE: the ASID is not shared with CPUs. */
    static final int PRIVATE_ASID = 1 << 12;

    private SystemControl() {}
}
