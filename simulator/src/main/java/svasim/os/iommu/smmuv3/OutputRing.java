package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.iommu.smmuv3.QueueBase;
import svasim.iommu.smmuv3.RegisterOffset;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;

/** Event queue or PRI queue, as the driver reads it (SMMUv3 reference, 1.5). */
final class OutputRing {
    private static final int OVERFLOW = 1 << 31;

    private final UnitRegisters registers;
    private final Place place;
    private final int log2;
    private final int entryBytes;
    private final long base;
    private int producer;
    private int consumer;

    /** Offsets of the registers of a queue; the indexes are on page 1. */
    enum Place {
        EVENTS(RegisterOffset.EVENTQ_BASE, RegisterOffset.EVENTQ_PROD, RegisterOffset.EVENTQ_CONS),
        PAGE_REQUESTS(RegisterOffset.PRIQ_BASE, RegisterOffset.PRIQ_PROD, RegisterOffset.PRIQ_CONS);

        private final int base;
        private final int producer;
        private final int consumer;

        Place(int base, int producer, int consumer) {
            this.base = base;
            this.producer = RegisterOffset.PAGE_1 + producer;
            this.consumer = RegisterOffset.PAGE_1 + consumer;
        }
    }

    /**
     * @param log2 of the number of entries
     * @param entryBytes size of an entry
     */
    OutputRing(UnitRegisters registers, Place place, int log2, int entryBytes, UnitSite site) {
        this.registers = registers;
        this.place = place;
        this.log2 = log2;
        this.entryBytes = entryBytes;
        int bytes = entryBytes << log2;
        int frames = Math.max(1, bytes >>> PhysicalMemory.FRAME_SHIFT);
        this.base = site.frames().allocateContiguous(FrameUse.QUEUE, site.owner(), frames);
    }

    int entries() {
        return 1 << log2;
    }

    /** Gives the unit the ring, while the queue is off. */
    void program(Cpu cpu) {
        registers.write64(cpu, place.base, new QueueBase(base, log2).register());
        registers.write32(cpu, place.producer, 0);
        registers.write32(cpu, place.consumer, 0);
    }

    /** Reads how far the unit has got. */
    void readProducer(Cpu cpu) {
        producer = registers.read32(cpu, place.producer);
    }

    /** Whether all entries that were known at the last look at the producer are taken. */
    boolean isEmpty() {
        return ((producer ^ consumer) & indexMask()) == 0;
    }

    /** Whether entries were lost since the last acknowledgement. */
    boolean hasOverflown() {
        return (producer ^ consumer) < 0;
    }

    /** The oldest entry, which stays in the queue. */
    long[] first(Cpu cpu) {
        return entry(cpu, consumer);
    }

    /** Gives the slot of the oldest entry back to the unit. */
    void removeFirst(Cpu cpu) {
        consumer = consumer & OVERFLOW | consumer + 1 & indexMask();
        registers.write32(cpu, place.consumer, consumer);
    }

    /** Lets the unit report the next loss, and go on if a loss stops it. */
    void acknowledgeOverflow(Cpu cpu) {
        consumer = producer & OVERFLOW | consumer & indexMask();
        registers.write32(cpu, place.consumer, consumer);
    }

    /** Is shown an entry that waits in the queue. */
    @FunctionalInterface
    interface Match {
        boolean test(long[] entry);
    }

    /** Whether an entry like this waits in the queue. */
    boolean contains(Cpu cpu, Match match) {
        readProducer(cpu);
        for (int at = consumer; ((producer ^ at) & indexMask()) != 0; at++) {
            if (match.test(entry(cpu, at))) {
                return true;
            }
        }
        return false;
    }

    private long[] entry(Cpu cpu, int index) {
        long at = base + (long) (index & entries() - 1) * entryBytes;
        long[] entry = new long[entryBytes / Long.BYTES];
        for (int i = 0; i < entry.length; i++) {
            entry[i] = cpu.load(at + (long) i * Long.BYTES);
        }
        return entry;
    }

    private int indexMask() {
        return 2 * entries() - 1;
    }
}
