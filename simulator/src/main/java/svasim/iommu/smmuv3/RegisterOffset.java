package svasim.iommu.smmuv3;

/** Byte offsets of the registers (6.1); those of page 1 lie above {@link #PAGE_1}. */
final class RegisterOffset {
    static final int PAGE_1 = 0x10000;

    static final int IDR0 = 0x000;
    static final int IDR5 = 0x014;
    static final int IIDR = 0x018;
    static final int AIDR = 0x01C;
    static final int CR0 = 0x020;
    static final int CR0ACK = 0x024;
    static final int CR1 = 0x028;
    static final int CR2 = 0x02C;
    static final int GBPA = 0x044;
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
    static final int EVENTQ_PROD = 0x0A8;
    static final int EVENTQ_CONS = 0x0AC;
    static final int EVENTQ_IRQ_CFG0 = 0x0B0;
    static final int PRIQ_BASE = 0x0C0;
    static final int PRIQ_PROD = 0x0C8;
    static final int PRIQ_CONS = 0x0CC;
    static final int PRIQ_IRQ_CFG0 = 0x0D0;

    private RegisterOffset() {}
}
