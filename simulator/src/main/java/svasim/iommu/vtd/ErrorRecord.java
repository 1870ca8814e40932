package svasim.iommu.vtd;

/** Value of IQERCD: what was wrong with the invalidation queue (VT-d 5.10, 11.4.10.5). */
public record ErrorRecord(long word) {
    static final ErrorRecord NONE = new ErrorRecord(0);

    private static final long ERROR = 0xF;
    private static final int TIMEOUT_SHIFT = 32;
    private static final int COMPLETION_SHIFT = 48;
    private static final long REQUESTER = 0xFFFF;

    ErrorRecord withError(QueueError error) {
        return new ErrorRecord(word & ~ERROR | error.ordinal());
    }

    /** ITESID: a device that has not answered. */
    ErrorRecord withTimeout(int requesterId) {
        return with(TIMEOUT_SHIFT, requesterId);
    }

    /** ICESID: a device that has answered what nobody asked. */
    ErrorRecord withCompletion(int requesterId) {
        return with(COMPLETION_SHIFT, requesterId);
    }

    private ErrorRecord with(int shift, int requesterId) {
        return new ErrorRecord(word & ~(REQUESTER << shift) | (long) requesterId << shift);
    }

    /** ITESID. */
    public int timedOutDevice() {
        return (int) (word >>> TIMEOUT_SHIFT & REQUESTER);
    }
}
