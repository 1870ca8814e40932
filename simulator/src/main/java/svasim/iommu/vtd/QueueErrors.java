package svasim.iommu.vtd;

import svasim.iommu.core.RegisterBlock;

/**
 * IQERCD, and how errors of the invalidation queue reach the fault status (VT-d 5.10, 6.5.2.11).
 */
final class QueueErrors implements RegisterBlock {
    private static final int OFFSET = 0xB0;
    private static final int TIMEOUT_SHIFT = 32;
    private static final int COMPLETION_SHIFT = 48;
    private static final long REQUESTER = 0xFFFF;

    private final FaultStatus status;
    private long record;

    QueueErrors(FaultStatus status) {
        this.status = status;
    }

    @Override
    public boolean has(int offset) {
        return offset == OFFSET || offset == OFFSET + Integer.BYTES;
    }

    @Override
    public int read(int offset) {
        return (int) (offset == OFFSET ? record : record >>> Integer.SIZE);
    }

    @Override
    public void write(int offset, int value) {}

    /** The queue stops: IQE. */
    void stopped(QueueError error) {
        record = record & ~0xFL | error.ordinal();
        status.set(FaultStatus.Condition.IQE);
    }

    /** A device has not answered: ITE. */
    void timedOut(int requesterId) {
        set(TIMEOUT_SHIFT, requesterId);
        status.set(FaultStatus.Condition.ITE);
    }

    /** A device has answered what nobody asked: ICE. */
    void unexpectedCompletion(int requesterId) {
        set(COMPLETION_SHIFT, requesterId);
        status.set(FaultStatus.Condition.ICE);
    }

    /** Whether the queue may not fetch until software has cleared an error. */
    boolean blocking() {
        return status.has(FaultStatus.Condition.IQE) || status.has(FaultStatus.Condition.ITE);
    }

    private void set(int shift, int requesterId) {
        record = record & ~(REQUESTER << shift) | (long) requesterId << shift;
    }
}
