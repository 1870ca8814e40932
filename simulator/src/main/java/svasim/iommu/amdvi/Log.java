package svasim.iommu.amdvi;

import svasim.iommu.core.MemoryQueue;
import svasim.memory.PhysicalMemory;

/**
 * Event log or PPR log: a ring that the unit writes (1.1, 1.4). An entry that finds it full is lost
 * and stops the log, until software has switched it off and acknowledged the overflow.
 */
final class Log {
    private final PhysicalMemory memory;
    private final Status status;
    private final StatusBit overflowBit;
    private final MemoryQueue ring = new MemoryQueue();
    private boolean enabled;
    private boolean stopped;

    /**
     * @param overflowBit of the status register
     */
    Log(PhysicalMemory memory, Status status, StatusBit overflowBit) {
        this.memory = memory;
        this.status = status;
        this.overflowBit = overflowBit;
    }

    MemoryQueue ring() {
        return ring;
    }

    /** Software has switched the log on or off. */
    void enable(boolean on) {
        enabled = on;
        if (!on) {
            stopped = false;
        }
    }

    /** Whether entries are lost although the log is on. */
    boolean stopped() {
        return enabled && !running();
    }

    /** The run bit: entries are written. */
    boolean running() {
        return enabled && !stopped && !status.isSet(overflowBit);
    }

    /**
     * Writes an entry.
     *
     * @return false if the log does not run, or the entry was lost to overflow
     */
    boolean append(long word0, long word1) {
        if (!running()) {
            return false;
        }
        if (ring.full()) {
            stopped = true;
            status.set(overflowBit);
            return false;
        }
        long address = ring.tailAddress();
        if (memory.answers(address, RingBase.ENTRY_BYTES)) {
            memory.writeLong(address, word0);
            memory.writeLong(address + Long.BYTES, word1);
        }
        ring.advanceTail();
        return true;
    }
}
