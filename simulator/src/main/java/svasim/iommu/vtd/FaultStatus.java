package svasim.iommu.vtd;

import svasim.iommu.core.RegisterBlock;

/** FSTS and the fault event (VT-d 5.10, 7.3 and 11.4.6). */
final class FaultStatus implements RegisterBlock {

    private static final int PENDING_RECORD = 1 << 1;
    private static final int INDEX_SHIFT = 8;

    private final EventRegisters event;
    private Runnable onQueueCleared = () -> {};
    private int conditions;
    private boolean recordPending;
    private int recordIndex;

    FaultStatus(EventRegisters event) {
        this.event = event;
    }

    /** What to do when software has cleared IQE or ITE. */
    void onQueueCleared(Runnable action) {
        onQueueCleared = action;
    }

    @Override
    public boolean has(int offset) {
        return offset == RegisterOffset.FSTS;
    }

    @Override
    public int read(int offset) {
        return conditions | (recordPending ? PENDING_RECORD : 0) | recordIndex << INDEX_SHIFT;
    }

    @Override
    public void write(int offset, int value) {
        int cleared = conditions & value;
        conditions &= ~cleared;
        settleIfQuiet();
        if ((cleared & (FaultCondition.IQE.bit() | FaultCondition.ITE.bit())) != 0) {
            onQueueCleared.run();
        }
    }

    boolean has(FaultCondition condition) {
        return (conditions & condition.bit()) != 0;
    }

    /** A condition arises; the event is raised unless something was pending already. */
    void set(FaultCondition condition) {
        boolean quiet = quiet();
        conditions |= condition.bit();
        if (quiet) {
            event.raise();
        }
    }

    /** A record was written while no other was pending. */
    void firstRecord(int index) {
        boolean quiet = quiet();
        recordPending = true;
        recordIndex = index;
        if (quiet) {
            event.raise();
        }
    }

    /** PPF. */
    boolean recordPending() {
        return recordPending;
    }

    /** Software has cleared the last record. */
    void recordsCleared() {
        recordPending = false;
        recordIndex = 0;
        settleIfQuiet();
    }

    private boolean quiet() {
        return conditions == 0 && !recordPending;
    }

    private void settleIfQuiet() {
        if (quiet()) {
            event.settled();
        }
    }
}
