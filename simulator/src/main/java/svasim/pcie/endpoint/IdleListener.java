package svasim.pcie.endpoint;

/** Is told once that a function has no access under way for a PASID. */
@FunctionalInterface
public interface IdleListener {
    /**
     * @param pasid {@code PasidPrefix.NONE} for accesses without PASID
     */
    void idle(long nowPs, int pasid);
}
