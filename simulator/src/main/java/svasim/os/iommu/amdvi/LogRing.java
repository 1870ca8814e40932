package svasim.os.iommu.amdvi;

import svasim.cpu.Cpu;
import svasim.iommu.amdvi.ControlBit;
import svasim.iommu.amdvi.RegisterOffset;
import svasim.iommu.amdvi.RingBase;
import svasim.iommu.amdvi.StatusBit;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;

/** Event log or PPR log of 512 entries, as the driver reads it (AMD-Vi reference, 1.1). */
final class LogRing {
    /** log2 of the entries that the driver takes for either log. */
    static final int USUAL_LOG2 = 9;

    private final UnitRegisters registers;
    private final Kind kind;
    private final int log2;
    private final long ring;
    private int head;
    private int tail;

    /** The two logs: their registers, and their bits of status and control. */
    enum Kind {
        EVENTS(
                RegisterOffset.EVENT_LOG_BASE,
                RegisterOffset.EVENT_HEAD,
                StatusBit.EVENT_LOG_INT,
                StatusBit.EVENT_OVERFLOW,
                StatusBit.EVENT_LOG_RUN,
                ControlBit.EVENT_LOG_EN.mask() | ControlBit.EVENT_INT_EN.mask()),
        PAGE_REQUESTS(
                RegisterOffset.PPR_LOG_BASE,
                RegisterOffset.PPR_HEAD,
                StatusBit.PPR_INT,
                StatusBit.PPR_OVERFLOW,
                StatusBit.PPR_LOG_RUN,
                ControlBit.PPR_LOG_EN.mask() | ControlBit.PPR_INT_EN.mask());

        private final int base;
        private final int head;
        private final StatusBit pending;
        private final StatusBit overflow;
        private final StatusBit runs;
        private final long enables;

        Kind(
                int base,
                int head,
                StatusBit pending,
                StatusBit overflow,
                StatusBit runs,
                long enables) {
            this.base = base;
            this.head = head;
            this.pending = pending;
            this.overflow = overflow;
            this.runs = runs;
            this.enables = enables;
        }
    }

    /** One entry. */
    record Entry(long word0, long word1) {}

    /**
     * @param log2 of the number of entries, 8 to 15
     */
    LogRing(UnitRegisters registers, Kind kind, int log2, UnitSite site) {
        this.registers = registers;
        this.kind = kind;
        this.log2 = log2;
        int frames = RingBase.ENTRY_BYTES << log2 >>> PhysicalMemory.FRAME_SHIFT;
        this.ring = site.frames().allocateContiguous(FrameUse.QUEUE, site.owner(), frames);
    }

    /** Gives the unit the ring, while the log is off. */
    void program(Cpu cpu) {
        registers.write64(cpu, kind.base, RingBase.of(ring, log2));
        registers.write64(cpu, kind.head, 0);
        registers.write64(cpu, kind.head + Long.BYTES, 0);
    }

    /** Bits of control that switch the log and its interrupt on. */
    long enables() {
        return kind.enables;
    }

    /** Whether the status says that there are entries or an overflow; acknowledges both. */
    boolean takePending(Cpu cpu) {
        int mask = kind.pending.mask() | kind.overflow.mask();
        boolean pending = (registers.read32(cpu, RegisterOffset.STATUS) & mask) != 0;
        if (pending) {
            registers.write32(cpu, RegisterOffset.STATUS, mask);
        }
        return pending;
    }

    /** Whether the log has stopped because it was full. */
    boolean hasStopped(Cpu cpu) {
        return (registers.read32(cpu, RegisterOffset.STATUS) & kind.runs.mask()) == 0;
    }

    /** amd_iommu_restart_log: off, overflow acknowledged, on again. */
    void restart(Cpu cpu) {
        long control = registers.read64(cpu, RegisterOffset.CONTROL);
        registers.write64(cpu, RegisterOffset.CONTROL, control & ~kind.enables);
        registers.write32(cpu, RegisterOffset.STATUS, kind.overflow.mask());
        registers.write64(cpu, RegisterOffset.CONTROL, control | kind.enables);
    }

    /** Reads how far the unit has got. */
    void readTail(Cpu cpu) {
        tail = registers.read32(cpu, kind.head + Long.BYTES) / RingBase.ENTRY_BYTES;
    }

    boolean isEmpty() {
        return head == tail;
    }

    /** The oldest entry. */
    Entry first(Cpu cpu) {
        long at = ring + (long) head * RingBase.ENTRY_BYTES;
        return new Entry(cpu.load(at), cpu.load(at + Long.BYTES));
    }

    /** Clears the oldest entry and gives its slot back to the unit. */
    void removeFirst(Cpu cpu) {
        long at = ring + (long) head * RingBase.ENTRY_BYTES;
        cpu.store(at, 0);
        cpu.store(at + Long.BYTES, 0);
        head = head + 1 & (1 << log2) - 1;
        registers.write32(cpu, kind.head, head * RingBase.ENTRY_BYTES);
    }
}
