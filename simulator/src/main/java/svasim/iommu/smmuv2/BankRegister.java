package svasim.iommu.smmuv2;

/** Byte offsets within a context bank (reference smmuv2.md 3; IPAFAR is general knowledge). */
final class BankRegister {
    static final int SCTLR = 0x000;
    static final int RESUME = 0x008;
    static final int TCR2 = 0x010;
    static final int TTBR0 = 0x020;
    static final int TTBR1 = 0x028;
    static final int TCR = 0x030;
    static final int PAR = 0x050;
    static final int FSR = 0x058;
    static final int FSRRESTORE = 0x05C;
    static final int FAR = 0x060;
    static final int FSYNR0 = 0x068;
    static final int IPAFAR = 0x070;

    /** End of the registers that hold what is written to them. */
    static final int END_OF_WORDS = 0x080;

    static final int TLBSYNC = 0x7F0;
    static final int TLBSTATUS = 0x7F4;
    static final int ATS1PR = 0x800;
    static final int ATSR = 0x8F0;

    private BankRegister() {}
}
