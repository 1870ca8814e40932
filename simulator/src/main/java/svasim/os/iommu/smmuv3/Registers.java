package svasim.os.iommu.smmuv3;

/** Offsets and bits of the registers that the driver uses (SMMUv3 reference, 1). */
final class Registers {
    static final int IDR0 = 0x000;
    static final int IDR1 = 0x004;
    static final int IDR3 = 0x00C;
    static final int IDR5 = 0x014;
    static final int CR0 = 0x020;
    static final int CR0ACK = 0x024;
    static final int CR1 = 0x028;
    static final int CR2 = 0x02C;
    static final int IRQ_CTRL = 0x050;
    static final int IRQ_CTRLACK = 0x054;
    static final int GERROR = 0x060;
    static final int GERRORN = 0x064;
    static final int GERROR_IRQ_CFG0 = 0x068;
    static final int STRTAB_BASE = 0x080;
    static final int STRTAB_BASE_CFG = 0x088;
    static final int CMDQ_BASE = 0x090;
    static final int CMDQ_PROD = 0x098;
    static final int CMDQ_CONS = 0x09C;
    static final int EVENTQ_BASE = 0x0A0;
    static final int EVENTQ_PROD = 0x100A8;
    static final int EVENTQ_CONS = 0x100AC;
    static final int EVENTQ_IRQ_CFG0 = 0x0B0;
    static final int PRIQ_BASE = 0x0C0;
    static final int PRIQ_PROD = 0x100C8;
    static final int PRIQ_CONS = 0x100CC;
    static final int PRIQ_IRQ_CFG0 = 0x0D0;

    static final int CR0_SMMUEN = 1;
    static final int CR0_PRIQEN = 1 << 1;
    static final int CR0_EVENTQEN = 1 << 2;
    static final int CR0_CMDQEN = 1 << 3;
    static final int CR0_ATSCHK = 1 << 4;

    /** Queues and tables: write-back, inner shareable. */
    static final int CR1_CACHEABLE = 0b11_01_01_11_01_01;

    /** RECINVSID and PTM: errors of unknown streams are recorded, broadcasts ignored. */
    static final int CR2_VALUE = 1 << 1 | 1 << 2;

    static final int IRQ_GERROR = 1;
    static final int IRQ_PRIQ = 1 << 1;
    static final int IRQ_EVENTQ = 1 << 2;

    static final int GERROR_CMDQ = 1;

    /** Data of a message, after its address. */
    static final int IRQ_CFG1 = 8;

    /** Read or write allocate hint of a base register. */
    static final long ALLOCATE = 1L << 62;

    private Registers() {}
}
