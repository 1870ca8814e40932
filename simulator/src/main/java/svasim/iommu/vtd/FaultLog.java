package svasim.iommu.vtd;

import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;
import svasim.memory.PhysicalMemory;

/**
 * AFLOG and the advanced fault log: a ring of fault records in memory that takes the place of the
 * fault recording registers (reference vtd.md, 1.1 and 1.3). Steps and layout are those of the
 * registers, with AFO and APF for PFO and PPF, and F of the record in memory says whether software
 * has read it; bits 11:9 of AFLOG are its size, 2^n pages of 4 KiB (general knowledge of VT-d).
 */
final class FaultLog implements RegisterBlock {
    private static final int SIZE_SHIFT = 9;
    private static final int PAGE_SHIFT = 12;
    private static final long BASE = -1L << PAGE_SHIFT;
    private static final long WRITABLE = BASE | 7 << SIZE_SHIFT;

    private final Register64 register = new Register64(WRITABLE);
    private final boolean supported;
    private final FaultStatus status;
    private final PhysicalMemory memory;
    private boolean latched;
    private boolean active;
    private long log;
    private long next;

    FaultLog(Capabilities capabilities, FaultStatus status, PhysicalMemory memory) {
        supported = capabilities.has("CAP.AFL");
        this.status = status;
        this.memory = memory;
    }

    @Override
    public boolean has(int offset) {
        return supported && (offset & -Long.BYTES) == RegisterOffset.AFLOG;
    }

    @Override
    public int read(int offset) {
        return register.half(offset);
    }

    @Override
    public void write(int offset, int value) {
        register.half(offset, value);
    }

    /** SFL: AFLOG counts from now on. */
    void latch() {
        latched = supported;
        log = register.value();
        next = 0;
    }

    /** FLS. */
    boolean latched() {
        return latched;
    }

    /** EAFL; without a log there is nothing to switch on. */
    void activate(boolean on) {
        active = on && latched;
    }

    /** AFLS: faults go to the log. */
    boolean active() {
        return active;
    }

    /** Translation was switched off. */
    void restart() {
        next = 0;
    }

    /**
     * Records a fault; the store is visible at once.
     *
     * @return false if it is lost, because the log is or was full or cannot be written
     */
    boolean append(long low, long high) {
        long address = (log & BASE) + next;
        if (status.has(FaultCondition.AFO) || !memory.answers(address, FaultRecord.BYTES)) {
            return false;
        }
        if ((memory.readLong(address + Long.BYTES) & FaultRecord.FAULT) != 0) {
            status.set(FaultCondition.AFO);
            return false;
        }
        memory.writeLong(address, low);
        memory.writeLong(address + Long.BYTES, high);
        next = (next + FaultRecord.BYTES) % bytes();
        if (!status.has(FaultCondition.APF)) {
            status.set(FaultCondition.APF);
        }
        return true;
    }

    private long bytes() {
        return 1L << PAGE_SHIFT + (int) (log >>> SIZE_SHIFT & 7);
    }
}
