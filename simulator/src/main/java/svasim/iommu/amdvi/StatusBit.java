package svasim.iommu.amdvi;

/** Bits of the status register (1.4). */
public enum StatusBit {
    EVENT_OVERFLOW(0),
    EVENT_LOG_INT(1),
    COM_WAIT_INT(2),
    EVENT_LOG_RUN(3),
    CMD_BUF_RUN(4),
    PPR_OVERFLOW(5),
    PPR_INT(6),
    PPR_LOG_RUN(7),
    PPR_OVERFLOW_EARLY(18);

    private final int position;

    StatusBit(int position) {
        this.position = position;
    }

    public int mask() {
        return 1 << position;
    }
}
