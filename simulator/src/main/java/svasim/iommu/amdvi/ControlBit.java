package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;

/** Bits of the control register (1.2). */
public enum ControlBit {
    IOMMU_EN(0),
    EVENT_LOG_EN(2),
    EVENT_INT_EN(3),
    COM_WAIT_INT_EN(4),
    PASS_PW(8),
    COHERENT(10),
    CMD_BUF_EN(12),
    PPR_LOG_EN(13),
    PPR_INT_EN(14),
    PPR_EN(15),
    GT_EN(16),
    PPR_AUTO_RSP_EN(39),
    BLK_STOP_MRK_EN(41),
    PPR_AUTO_RSP_AON(42),
    INT_CAP_XT_EN(51),
    GCR3_TRP_MODE(58);

    private static final int TIMEOUT_SHIFT = 5;

    private final int position;

    ControlBit(int position) {
        this.position = position;
    }

    public long mask() {
        return 1L << position;
    }

    /** InvTimeOut as it stands in the register: 1 for a millisecond, each more for ten times it. */
    public static long invalidationTimeoutField(int code) {
        return (long) code << TIMEOUT_SHIFT;
    }

    /** Code of InvTimeOut, 0 for none. */
    static int invalidationTimeout(long register) {
        return Bits.small(register, TIMEOUT_SHIFT + 2, TIMEOUT_SHIFT);
    }
}
