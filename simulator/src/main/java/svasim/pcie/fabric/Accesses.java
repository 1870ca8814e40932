package svasim.pcie.fabric;

/**
 * Accesses that a translation agent has let through and that are on their way to memory. An agent
 * that promises software that nothing uses an old translation any more has to wait for them (VT-d
 * drain, SMMU CMD_SYNC).
 */
@FunctionalInterface
public interface Accesses {
    /** All accesses are carried out when they are let through. */
    Accesses IMMEDIATE = Runnable::run;

    /**
     * Calls back once, at once or later, when every access that was let through before this call
     * has been carried out.
     */
    void whenCarriedOut(Runnable callback);
}
