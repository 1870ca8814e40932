package svasim.iommu.smmuv3;

/** Causes of interrupts (3.18); the ordinal is the number of the wire. */
public enum Interrupt {
    GERROR(RegisterOffset.GERROR_IRQ_CFG0, 1, Gerror.MSI_GERROR_ABT_ERR),
    PRIQ(RegisterOffset.PRIQ_IRQ_CFG0, 1 << 1, Gerror.MSI_PRIQ_ABT_ERR),
    EVENTQ(RegisterOffset.EVENTQ_IRQ_CFG0, 1 << 2, Gerror.MSI_EVENTQ_ABT_ERR),
    /** Has its message in the command, and no enable. */
    CMD_SYNC(0, 0, Gerror.MSI_CMDQ_ABT_ERR);

    /** Bits of IRQ_CTRL that exist. */
    static final int ENABLES = GERROR.enable | PRIQ.enable | EVENTQ.enable;

    private final int config;
    private final int enable;
    private final long abortError;

    Interrupt(int config, int enable, long abortError) {
        this.config = config;
        this.enable = enable;
        this.abortError = abortError;
    }

    /** Offset of the first of its three configuration registers. */
    public int config() {
        return config;
    }

    /** Offset of the data of its message. */
    public int data() {
        return config + MessageRegisters.DATA;
    }

    /** Bit of IRQ_CTRL. */
    public int enable() {
        return enable;
    }

    /** Bit of GERROR for a message that nothing answers. */
    long abortError() {
        return abortError;
    }
}
