package svasim.os.iommu.smmuv2;

/** Offsets and bits of registers that the driver uses (SMMUv2 reference, 1 to 3). */
final class Registers {
    // Global registers 0.

    static final int SCR0 = 0x000;
    static final int ID0 = 0x020;
    static final int ID1 = 0x024;
    static final int ID2 = 0x028;
    static final int SGFSR = 0x048;
    static final int TLBIVMID = 0x064;
    static final int TLBIALLNSNH = 0x068;
    static final int TLBIALLH = 0x06C;
    static final int TLBGSYNC = 0x070;
    static final int TLBGSTATUS = 0x074;
    static final int SMR = 0x800;
    static final int S2CR = 0xC00;

    /** GFRE, GFIE, GCFGFRE, GCFGFIE: global faults abort and interrupt. */
    static final int SCR0_FAULTS = 1 << 1 | 1 << 2 | 1 << 4 | 1 << 5;

    static final int SCR0_EXIDENABLE = 1 << 3;

    /** USFCFG: streams that match nothing fault. */
    static final int SCR0_UNMATCHED_FAULT = 1 << 10;

    /** VMIDPNE and PTM: broadcast TLB maintenance is ignored. */
    static final int SCR0_PRIVATE_TLB = 1 << 11 | 1 << 12;

    static final int SCR0_VMID16EN = 1 << 31;

    // Global registers 1.

    static final int CBAR = 0x000;
    static final int CBFRSYNRA = 0x400;
    static final int CBA2R = 0x800;

    // A context bank.

    static final int SCTLR = 0x000;
    static final int RESUME = 0x008;
    static final int TCR2 = 0x010;
    static final int TTBR0 = 0x020;
    static final int TTBR1 = 0x028;
    static final int TCR = 0x030;
    static final int MAIR0 = 0x038;
    static final int FSR = 0x058;
    static final int FAR = 0x060;
    static final int FSYNR0 = 0x068;
    static final int TLBIVA = 0x600;
    static final int TLBIASID = 0x610;
    static final int TLBIIPAS2 = 0x630;
    static final int TLBSYNC = 0x7F0;
    static final int TLBSTATUS = 0x7F4;

    static final int RESUME_RETRY = 0;
    static final int RESUME_TERMINATE = 1;

    /** Every fault of FSR, and MULTI. */
    static final int FSR_FAULTS = 1 << 31 | 0x1FE;

    /** SS: a transaction is stalled. */
    static final int FSR_STALLED = 1 << 30;

    /** WNR: a write met the fault. */
    static final int FSYNR0_WRITE = 1 << 4;

    private Registers() {}
}
