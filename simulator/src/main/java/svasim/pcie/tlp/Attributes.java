package svasim.pcie.tlp;

/**
 * Attributes of a TLP that ordering and snooping look at.
 *
 * @param trafficClass 0 to 7
 * @param idBasedOrdering IDO
 * @param relaxedOrdering RO
 * @param noSnoop NS
 */
public record Attributes(
        int trafficClass, boolean idBasedOrdering, boolean relaxedOrdering, boolean noSnoop) {
    /** Traffic class 0, strongly ordered, snooped. */
    public static final Attributes DEFAULT = new Attributes(0, false, false, false);
}
