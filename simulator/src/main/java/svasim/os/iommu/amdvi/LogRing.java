package svasim.os.iommu.amdvi;

import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;

/** Event log or PPR log of 512 entries, as the driver reads it (AMD-Vi reference, 1.1). */
final class LogRing {
    private static final int ENTRIES = 512;
    private static final int ENTRY_BYTES = 16;
    private static final int FRAMES = 2;
    private static final long LENGTH_512 = 9L << 56;

    private final UnitRegisters registers;
    private final Kind kind;
    private final long ring;
    private int head;
    private int tail;

    /** The two logs: their registers, and their bits of status and control. */
    enum Kind {
        EVENTS(
                Registers.EVENT_LOG,
                Registers.EVENT_HEAD,
                Registers.EVENT_PENDING,
                Registers.EVENT_OVERFLOW,
                Registers.EVENT_LOG_RUNS,
                Registers.EVENT_LOG_ENABLE | Registers.EVENT_INTERRUPT),
        PAGE_REQUESTS(
                Registers.PPR_LOG,
                Registers.PPR_HEAD,
                Registers.PPR_PENDING,
                Registers.PPR_OVERFLOW,
                Registers.PPR_LOG_RUNS,
                Registers.PPR_LOG_ENABLE | Registers.PPR_INTERRUPT);

        private final int base;
        private final int head;
        private final int pending;
        private final int overflow;
        private final int runs;
        private final long enables;

        Kind(int base, int head, int pending, int overflow, int runs, long enables) {
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

    LogRing(UnitRegisters registers, Kind kind, UnitSite site) {
        this.registers = registers;
        this.kind = kind;
        this.ring = site.frames().allocateContiguous(FrameUse.QUEUE, site.owner(), FRAMES);
    }

    /** Gives the unit the ring, while the log is off. */
    void program(Cpu cpu) {
        registers.write64(cpu, kind.base, ring | LENGTH_512);
        registers.write64(cpu, kind.head, 0);
        registers.write64(cpu, kind.head + Long.BYTES, 0);
    }

    /** Bits of control that switch the log and its interrupt on. */
    long enables() {
        return kind.enables;
    }

    /** Whether the status says that there are entries or an overflow; acknowledges both. */
    boolean takePending(Cpu cpu) {
        int mask = kind.pending | kind.overflow;
        boolean pending = (registers.read32(cpu, Registers.STATUS) & mask) != 0;
        if (pending) {
            registers.write32(cpu, Registers.STATUS, mask);
        }
        return pending;
    }

    /** Whether the log has stopped because it was full. */
    boolean hasStopped(Cpu cpu) {
        return (registers.read32(cpu, Registers.STATUS) & kind.runs) == 0;
    }

    /** amd_iommu_restart_log: off, overflow acknowledged, on again. */
    void restart(Cpu cpu) {
        long control = registers.read64(cpu, Registers.CONTROL);
        registers.write64(cpu, Registers.CONTROL, control & ~kind.enables);
        registers.write32(cpu, Registers.STATUS, kind.overflow);
        registers.write64(cpu, Registers.CONTROL, control | kind.enables);
    }

    /** Reads how far the unit has got. */
    void readTail(Cpu cpu) {
        tail = registers.read32(cpu, kind.head + Long.BYTES) / ENTRY_BYTES;
    }

    boolean isEmpty() {
        return head == tail;
    }

    /** The oldest entry. */
    Entry first(Cpu cpu) {
        long at = ring + (long) head * ENTRY_BYTES;
        return new Entry(cpu.load(at), cpu.load(at + Long.BYTES));
    }

    /** Clears the oldest entry and gives its slot back to the unit. */
    void removeFirst(Cpu cpu) {
        long at = ring + (long) head * ENTRY_BYTES;
        cpu.store(at, 0);
        cpu.store(at + Long.BYTES, 0);
        head = (head + 1) % ENTRIES;
        registers.write32(cpu, kind.head, head * ENTRY_BYTES);
    }
}
