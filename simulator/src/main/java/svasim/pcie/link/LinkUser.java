package svasim.pcie.link;

/** Somebody whose packet was refused by a full link. */
@FunctionalInterface
public interface LinkUser {
    /** There is room again. */
    void linkReady(long nowPs);
}
