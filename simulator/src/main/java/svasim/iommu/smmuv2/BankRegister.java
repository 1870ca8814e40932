package svasim.iommu.smmuv2;

/** Byte offsets within a context bank (reference smmuv2.md 3; IPAFAR is general knowledge). */
public final class BankRegister {
    public static final int SCTLR = 0x000;
    public static final int RESUME = 0x008;
    public static final int TCR2 = 0x010;
    public static final int TTBR0 = 0x020;
    public static final int TTBR1 = 0x028;
    public static final int TCR = 0x030;
    public static final int MAIR0 = 0x038;
    public static final int PAR = 0x050;
    public static final int FSR = 0x058;
    public static final int FSRRESTORE = 0x05C;
    public static final int FAR = 0x060;
    public static final int FSYNR0 = 0x068;
    public static final int IPAFAR = 0x070;

    /** End of the registers that hold what is written to them. */
    public static final int END_OF_WORDS = 0x080;

    public static final int TLBSYNC = 0x7F0;
    public static final int TLBSTATUS = 0x7F4;
    public static final int ATS1PR = 0x800;
    public static final int ATSR = 0x8F0;

    /** RESUME: the stalled transaction is tried again, or ends. */
    public static final int RETRY = 0;

    public static final int TERMINATE = 1;

    private BankRegister() {}
}
