package svasim.pcie.tlp;

/**
 * What the header says about a TLP besides what it asks: ordering, snooping, bad data.
 *
 * @param trafficClass 0 to 7
 * @param idBasedOrdering IDO
 * @param relaxedOrdering RO
 * @param noSnoop NS
 * @param poisoned EP: the data is known to be wrong
 */
public record Attributes(
        int trafficClass,
        boolean idBasedOrdering,
        boolean relaxedOrdering,
        boolean noSnoop,
        boolean poisoned) {
    /** Traffic class 0, strongly ordered, snooped, good data. */
    public static final Attributes DEFAULT = new Attributes(0, false, false, false);

    /** With good data. */
    public Attributes(
            int trafficClass, boolean idBasedOrdering, boolean relaxedOrdering, boolean noSnoop) {
        this(trafficClass, idBasedOrdering, relaxedOrdering, noSnoop, false);
    }

    /** Those of the completion of such a request: the same, whatever the request's data was. */
    public Attributes ofAnswer() {
        return withPoison(false);
    }

    /** The same with data that is known to be wrong, or good. */
    public Attributes withPoison(boolean wrong) {
        return wrong == poisoned
                ? this
                : new Attributes(trafficClass, idBasedOrdering, relaxedOrdering, noSnoop, wrong);
    }
}
