package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;

/**
 * The stream table: two levels of 256 entries each where the unit has that, else one. Entries that
 * are not in use abort.
 */
final class StreamTable {
    private static final int SPLIT = 8;
    private static final long SPAN = SPLIT + 1;
    private static final int TWO_LEVEL = 1 << 16;
    private static final int SPLIT_SHIFT = 6;
    private static final int ID_BITS = 16;
    private static final long POINTER = (1L << 56) - (1L << 6);

    private final UnitSite site;
    private final boolean twoLevel;
    private final int bits;
    private final long table;

    StreamTable(Capabilities has, UnitSite site) {
        this.site = site;
        this.twoLevel = has.twoLevelStreams();
        this.bits = Math.min(has.streamBits(), ID_BITS);
        this.table =
                allocate(
                        twoLevel
                                ? (long) Long.BYTES << Math.max(0, bits - SPLIT)
                                : (long) StreamEntry.BYTES << bits);
    }

    private long allocate(long bytes) {
        int frames = Math.max(1, (int) (bytes >>> PhysicalMemory.FRAME_SHIFT));
        return site.frames().allocateContiguous(FrameUse.IOMMU_TABLE, site.owner(), frames);
    }

    /** Gives the unit the table, while translation is off. */
    void program(Cpu cpu, UnitRegisters registers) {
        int format = twoLevel ? TWO_LEVEL | SPLIT << SPLIT_SHIFT : 0;
        registers.write64(cpu, Registers.STRTAB_BASE, table | Registers.ALLOCATE);
        registers.write32(cpu, Registers.STRTAB_BASE_CFG, format | bits);
        if (!twoLevel) {
            abortAll(cpu, table, 1 << bits);
        }
    }

    /** Address of a stream's entry, in a new table of aborting ones if there is none. */
    long entry(Cpu cpu, int streamId) {
        if (!twoLevel) {
            return table + (long) streamId * StreamEntry.BYTES;
        }
        long slot = table + (long) (streamId >>> SPLIT) * Long.BYTES;
        long descriptor = cpu.load(slot);
        if (descriptor == 0) {
            long below = allocate((long) StreamEntry.BYTES << SPLIT);
            abortAll(cpu, below, 1 << SPLIT);
            descriptor = below | SPAN;
            cpu.store(slot, descriptor);
        }
        int index = streamId & (1 << SPLIT) - 1;
        return (descriptor & POINTER) + (long) index * StreamEntry.BYTES;
    }

    private static void abortAll(Cpu cpu, long first, int entries) {
        for (int i = 0; i < entries; i++) {
            cpu.store(first + (long) i * StreamEntry.BYTES, StreamEntry.abort()[0]);
        }
    }
}
