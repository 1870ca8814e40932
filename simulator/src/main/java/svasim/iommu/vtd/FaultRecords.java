package svasim.iommu.vtd;

import svasim.iommu.core.RegisterBlock;

/** The ring of fault recording registers (VT-d 5.10, 7.3 and 11.4.14). */
final class FaultRecords implements RegisterBlock {
    private static final int BYTES = FaultRecord.BYTES;

    // The word of 32 bits that holds F, and F in it.
    private static final int LAST_WORD = 12;
    private static final int FAULT_IN_LAST_WORD = 1 << 31;

    private final int first;
    private final long[] low;
    private final long[] high;
    private final FaultStatus status;
    private int next;

    FaultRecords(Capabilities capabilities, FaultStatus status) {
        first = capabilities.faultOffset;
        low = new long[capabilities.faultRecords];
        high = new long[capabilities.faultRecords];
        this.status = status;
    }

    @Override
    public boolean has(int offset) {
        return offset >= first && offset < first + low.length * BYTES;
    }

    @Override
    public int read(int offset) {
        int at = offset - first;
        long word = (at & Long.BYTES) == 0 ? low[at / BYTES] : high[at / BYTES];
        return (int) ((at & Integer.BYTES) == 0 ? word : word >>> Integer.SIZE);
    }

    @Override
    public void write(int offset, int value) {
        int at = offset - first;
        if (at % BYTES == LAST_WORD && (value & FAULT_IN_LAST_WORD) != 0) {
            high[at / BYTES] &= ~FaultRecord.FAULT;
            if (!anyPending()) {
                status.recordsCleared();
            }
        }
    }

    /**
     * Records a fault.
     *
     * @return false if it is lost, because the ring is or was full
     */
    boolean append(long lowWord, long highWord) {
        if (status.has(FaultCondition.PFO)) {
            return false;
        }
        if ((high[next] & FaultRecord.FAULT) != 0) {
            status.set(FaultCondition.PFO);
            return false;
        }
        int index = next;
        low[index] = lowWord;
        high[index] = highWord;
        next = (index + 1) % low.length;
        if (!status.recordPending()) {
            status.firstRecord(index);
        }
        return true;
    }

    /** Translation was switched off. */
    void restart() {
        next = 0;
    }

    private boolean anyPending() {
        for (long word : high) {
            if ((word & FaultRecord.FAULT) != 0) {
                return true;
            }
        }
        return false;
    }
}
