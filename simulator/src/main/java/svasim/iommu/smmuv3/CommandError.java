package svasim.iommu.smmuv3;

/** Values of CMDQ_CONS.ERR (6.3.28); the ordinal is the code. */
enum CommandError {
    NONE,
    ILLEGAL,
    ABORT,
    ATC_INVALIDATION_TIMEOUT;

    int code() {
        return ordinal();
    }
}
