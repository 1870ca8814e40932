package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.iommu.smmuv3.Features;
import svasim.iommu.smmuv3.IdField;
import svasim.iommu.smmuv3.L1StreamTableDescriptor;
import svasim.iommu.smmuv3.RegisterOffset;
import svasim.iommu.smmuv3.StreamTableBase;
import svasim.iommu.smmuv3.StreamTableEntry;
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
    private static final int ID_BITS = 16;

    private final UnitSite site;
    private final StreamTableBase base;

    StreamTable(Features has, UnitSite site) {
        this.site = site;
        boolean twoLevel = has.has(IdField.ST_LEVEL);
        int bits = Math.min(has.get(IdField.SIDSIZE), ID_BITS);
        long bytes =
                twoLevel
                        ? (long) Long.BYTES << Math.max(0, bits - SPLIT)
                        : (long) StreamTableEntry.BYTES << bits;
        this.base = new StreamTableBase(allocate(bytes), twoLevel, SPLIT, bits);
    }

    private long allocate(long bytes) {
        int frames = Math.max(1, (int) (bytes >>> PhysicalMemory.FRAME_SHIFT));
        return site.frames().allocateContiguous(FrameUse.IOMMU_TABLE, site.owner(), frames);
    }

    /** Gives the unit the table, while translation is off. */
    void program(Cpu cpu, UnitRegisters registers) {
        registers.write64(cpu, RegisterOffset.STRTAB_BASE, base.register());
        registers.write32(cpu, RegisterOffset.STRTAB_BASE_CFG, base.configuration());
        if (!base.twoLevel()) {
            abortAll(cpu, base.address(), 1 << base.idBits());
        }
    }

    /** Address of a stream's entry, in a new table of aborting ones if there is none. */
    long entry(Cpu cpu, int streamId) {
        if (!base.twoLevel()) {
            return base.entryAddress(streamId);
        }
        long slot = base.descriptorAddress(streamId);
        long descriptor = cpu.load(slot);
        if (descriptor == 0) {
            long below = allocate((long) StreamTableEntry.BYTES << SPLIT);
            abortAll(cpu, below, 1 << SPLIT);
            descriptor = L1StreamTableDescriptor.of(below, SPLIT);
            cpu.store(slot, descriptor);
        }
        return L1StreamTableDescriptor.entryAddress(descriptor, base, streamId);
    }

    private static void abortAll(Cpu cpu, long first, int entries) {
        for (int i = 0; i < entries; i++) {
            cpu.store(first + (long) i * StreamTableEntry.BYTES, StreamTableEntry.ABORTING.w0());
        }
    }
}
