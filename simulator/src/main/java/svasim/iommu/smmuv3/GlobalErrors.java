package svasim.iommu.smmuv3;

/**
 * GERROR and GERRORN: an error is active while its bits in the two differ (6.3.18). The unit
 * toggles a bit only while the error is inactive.
 */
final class GlobalErrors {
    private final Runnable interrupt;
    private long gerror;
    private long gerrorn;

    /**
     * @param interrupt called for each new active error that may raise one
     */
    GlobalErrors(Runnable interrupt) {
        this.interrupt = interrupt;
    }

    long gerror() {
        return gerror;
    }

    long gerrorn() {
        return gerrorn;
    }

    boolean active(long bit) {
        return ((gerror ^ gerrorn) & bit) != 0;
    }

    void raise(long bit) {
        if (active(bit)) {
            return;
        }
        gerror ^= bit;
        if (bit != Gerror.MSI_GERROR_ABT_ERR) {
            interrupt.run();
        }
    }

    /**
     * Software writes GERRORN.
     *
     * @return errors that are active no more
     */
    long acknowledge(long value) {
        long before = gerror ^ gerrorn;
        gerrorn = value & Gerror.ALL;
        return before & ~(gerror ^ gerrorn);
    }
}
