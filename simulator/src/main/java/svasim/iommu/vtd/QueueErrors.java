package svasim.iommu.vtd;

import svasim.iommu.core.RegisterBlock;

/**
 * IQERCD, and how errors of the invalidation queue reach the fault status (VT-d 5.10, 6.5.2.11).
 */
final class QueueErrors implements RegisterBlock {
    private final FaultStatus status;
    private ErrorRecord record = ErrorRecord.NONE;

    QueueErrors(FaultStatus status) {
        this.status = status;
    }

    @Override
    public boolean has(int offset) {
        return offset == RegisterOffset.IQERCD || offset == RegisterOffset.IQERCD + Integer.BYTES;
    }

    @Override
    public int read(int offset) {
        return (int)
                (offset == RegisterOffset.IQERCD ? record.word() : record.word() >>> Integer.SIZE);
    }

    @Override
    public void write(int offset, int value) {}

    /** The queue stops: IQE. */
    void stopped(QueueError error) {
        record = record.withError(error);
        status.set(FaultCondition.IQE);
    }

    /** A device has not answered: ITE. */
    void timedOut(int requesterId) {
        record = record.withTimeout(requesterId);
        status.set(FaultCondition.ITE);
    }

    /** A device has answered what nobody asked: ICE. */
    void unexpectedCompletion(int requesterId) {
        record = record.withCompletion(requesterId);
        status.set(FaultCondition.ICE);
    }

    /** Whether the queue may not fetch until software has cleared an error. */
    boolean blocking() {
        return status.has(FaultCondition.IQE) || status.has(FaultCondition.ITE);
    }
}
