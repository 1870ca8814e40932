package svasim.iommu.smmuv3;

/** Values of CMDQ_CONS.ERR (6.3.28); the ordinal is the code. */
public enum CommandError {
    NONE,
    ILLEGAL,
    ABORT,
    ATC_INVALIDATION_TIMEOUT;

    private static final int SHIFT = 24;
    private static final int MASK = 0x7F;

    int code() {
        return ordinal();
    }

    /** The field as it stands in CMDQ_CONS. */
    int field() {
        return ordinal() << SHIFT;
    }

    /** Whether a value of CMDQ_CONS has this error. */
    public boolean isIn(int consumer) {
        return (consumer >>> SHIFT & MASK) == ordinal();
    }
}
