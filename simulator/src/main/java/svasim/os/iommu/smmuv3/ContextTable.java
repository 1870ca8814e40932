package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.iommu.smmuv3.ContextDescriptor;
import svasim.iommu.smmuv3.Features;
import svasim.iommu.smmuv3.IdField;
import svasim.iommu.smmuv3.L1ContextDescriptor;
import svasim.iommu.smmuv3.StreamTableEntry;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.iommu.UnitSite;

/**
 * The context descriptors of one device: a linear table for up to 1024 of them, or if the unit has
 * no other; else two levels, of which the lower has 1024.
 */
final class ContextTable {
    private static final int LEAF_BITS = 10;

    private final UnitSite site;
    private final int bits;
    private final boolean linear;
    private final long table;

    /**
     * @param bits log2 of the number of descriptors
     */
    ContextTable(int bits, Features has, UnitSite site) {
        this.site = site;
        this.bits = bits;
        this.linear = bits <= LEAF_BITS || !has.has(IdField.CD2L);
        this.table =
                allocate(
                        linear
                                ? (long) ContextDescriptor.BYTES << bits
                                : (long) L1ContextDescriptor.BYTES << bits - LEAF_BITS);
    }

    private long allocate(long bytes) {
        int frames = Math.max(1, (int) (bytes >>> PhysicalMemory.FRAME_SHIFT));
        return site.frames().allocateContiguous(FrameUse.IOMMU_TABLE, site.owner(), frames);
    }

    /** log2 of the number of descriptors. */
    int bits() {
        return bits;
    }

    /** Address and format, as a stream table entry holds them. */
    long pointer() {
        return linear ? table : table | StreamTableEntry.LEAVES_OF_1024;
    }

    /** Whether a descriptor's own table exists. */
    boolean hasLeaf(Cpu cpu, int pasid) {
        return linear || L1ContextDescriptor.valid(cpu.load(slot(pasid)));
    }

    /** Makes a descriptor's own table. */
    void addLeaf(Cpu cpu, int pasid) {
        long leaf = allocate((long) ContextDescriptor.BYTES << LEAF_BITS);
        cpu.store(slot(pasid), L1ContextDescriptor.of(leaf));
    }

    /** Address of a descriptor, whose own table exists. */
    long entry(Cpu cpu, int pasid) {
        if (linear) {
            return table + (long) pasid * ContextDescriptor.BYTES;
        }
        int index = pasid & (1 << LEAF_BITS) - 1;
        return L1ContextDescriptor.table(cpu.load(slot(pasid)))
                + (long) index * ContextDescriptor.BYTES;
    }

    /** Gives all tables back. */
    void free(Cpu cpu) {
        if (linear) {
            free(table, (long) ContextDescriptor.BYTES << bits);
            return;
        }
        for (int leaf = 0; leaf < 1 << bits - LEAF_BITS; leaf++) {
            long word = cpu.load(table + (long) leaf * L1ContextDescriptor.BYTES);
            if (L1ContextDescriptor.valid(word)) {
                free(L1ContextDescriptor.table(word), (long) ContextDescriptor.BYTES << LEAF_BITS);
            }
        }
        free(table, (long) L1ContextDescriptor.BYTES << bits - LEAF_BITS);
    }

    private void free(long start, long bytes) {
        for (long at = 0; at < Math.max(1, bytes); at += PhysicalMemory.FRAME_BYTES) {
            site.frames().free(start + at);
        }
    }

    private long slot(int pasid) {
        return table + (long) (pasid >>> LEAF_BITS) * L1ContextDescriptor.BYTES;
    }
}
