package svasim.pcie.fabric;

/** Somebody whose packet was refused by a full link. */
@FunctionalInterface
interface LinkUser {
    /** There is room again. */
    void linkReady(long nowPs);
}
