package svasim.iommu.smmuv3;

import svasim.iommu.core.MemoryQueue;
import svasim.iommu.core.PageRequestBacklog;
import svasim.memory.PhysicalMemory;

/**
 * Event queue or PRI queue: a ring that the unit writes, with an overflow flag that software
 * acknowledges (3.5.1, 7.4, 8.2).
 */
final class OutputQueue {
    private static final long OVERFLOW = 1L << 31;

    private final PhysicalMemory memory;
    private final MemoryQueue ring = new MemoryQueue();
    private final int entryBytes;
    private final int limitLog2;
    private final GlobalErrors errors;
    private final long abortError;

    private long indexMask;
    private boolean overflowFlag;
    private boolean overflowAcknowledged;

    /**
     * @param limitLog2 largest LOG2SIZE
     * @param abortError bit of GERROR for a write that nothing answers
     */
    OutputQueue(
            PhysicalMemory memory,
            int entryBytes,
            int limitLog2,
            GlobalErrors errors,
            long abortError) {
        this.memory = memory;
        this.entryBytes = entryBytes;
        this.limitLog2 = limitLog2;
        this.errors = errors;
        this.abortError = abortError;
        base(0);
    }

    /** Software has written the base register. */
    void base(long register) {
        QueueBase base = QueueBase.of(register, limitLog2, entryBytes);
        ring.configure(base.address(), base.log2(), entryBytes, true);
        indexMask = base.indexMask();
    }

    /** xxx_PROD. */
    long producer() {
        return ring.tail() | (overflowFlag ? OVERFLOW : 0);
    }

    /** Software sets xxx_PROD, which it may while the queue is off. */
    void producer(long value) {
        ring.tail((int) (value & indexMask));
        overflowFlag = (value & OVERFLOW) != 0;
    }

    /** xxx_CONS. */
    long consumer() {
        return ring.head() | (overflowAcknowledged ? OVERFLOW : 0);
    }

    /** Software has read entries, or acknowledges an overflow. */
    void consumer(long value) {
        ring.head((int) (value & indexMask));
        overflowAcknowledged = (value & OVERFLOW) != 0;
    }

    MemoryQueue ring() {
        return ring;
    }

    PageRequestBacklog backlog() {
        return new PageRequestBacklog(ring.size(), overflowPending());
    }

    boolean empty() {
        return ring.empty();
    }

    boolean full() {
        return ring.full();
    }

    /** An overflow that software has not yet acknowledged. */
    boolean overflowPending() {
        return overflowFlag != overflowAcknowledged;
    }

    /** An entry is lost. */
    void overflow() {
        if (!overflowPending()) {
            overflowFlag = !overflowFlag;
        }
    }

    /** Whether a write met no answer and software has not yet acknowledged that. */
    boolean broken() {
        return errors.active(abortError);
    }

    /**
     * Writes an entry into a queue that is neither full nor broken.
     *
     * @return false if nothing answers at its address
     */
    boolean write(long... words) {
        long address = ring.tailAddress();
        if (!memory.answers(address, entryBytes)) {
            errors.raise(abortError);
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            memory.writeLong(address + (long) i * Long.BYTES, words[i]);
        }
        ring.advanceTail();
        return true;
    }
}
