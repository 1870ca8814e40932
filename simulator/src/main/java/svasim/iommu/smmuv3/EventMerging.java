package svasim.iommu.smmuv3;

/**
 * Which events are left out because the last record says the same (7.2.1): where the page is, not
 * the byte, counts. Software has not yet read that record, so that no fault goes unnoticed.
 */
final class EventMerging {
    private static final long PAGE = -1L << 12;

    private final long windowPs;
    private EventRecord last;
    private long endPs;

    /**
     * @param windowPs how long after a record its like are left out; 0 for never
     */
    EventMerging(long windowPs) {
        this.windowPs = windowPs;
    }

    /** Whether the last record stands for this event too. */
    boolean covers(EventRecord event, long nowPs) {
        return nowPs < endPs && last.equals(withoutOffset(event));
    }

    /** A record that others may be merged with was written. */
    void wrote(EventRecord event, long nowPs) {
        last = withoutOffset(event);
        endPs = nowPs + windowPs;
    }

    /** A record was written that stands for itself alone. */
    void wroteOther() {
        endPs = 0;
    }

    private static EventRecord withoutOffset(EventRecord event) {
        return new EventRecord(event.w0(), event.w1(), event.w2() & PAGE, event.w3());
    }
}
