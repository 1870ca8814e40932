package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.iommu.UnitSite;

/**
 * The context descriptors of one device: a linear table for up to 1024 of them, or if the unit has
 * no other; else two levels, of which the lower has 1024.
 */
final class ContextTable {
    private static final int LEAF_BITS = 10;
    private static final long VALID = 1;
    private static final long POINTER = (1L << 56) - (1L << 12);
    private static final long TWO_LEVEL_64K = 2 << 4;

    private final UnitSite site;
    private final int bits;
    private final boolean linear;
    private final long table;

    /**
     * @param bits log2 of the number of descriptors
     */
    ContextTable(int bits, Capabilities has, UnitSite site) {
        this.site = site;
        this.bits = bits;
        this.linear = bits <= LEAF_BITS || !has.twoLevelContexts();
        this.table =
                allocate(
                        linear
                                ? (long) ContextEntry.BYTES << bits
                                : (long) Long.BYTES << bits - LEAF_BITS);
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
        return linear ? table : table | TWO_LEVEL_64K;
    }

    /** Whether a descriptor's own table exists. */
    boolean hasLeaf(Cpu cpu, int pasid) {
        return linear || (cpu.load(slot(pasid)) & VALID) != 0;
    }

    /** Makes a descriptor's own table. */
    void addLeaf(Cpu cpu, int pasid) {
        cpu.store(slot(pasid), allocate((long) ContextEntry.BYTES << LEAF_BITS) | VALID);
    }

    /** Address of a descriptor, whose own table exists. */
    long entry(Cpu cpu, int pasid) {
        if (linear) {
            return table + (long) pasid * ContextEntry.BYTES;
        }
        int index = pasid & (1 << LEAF_BITS) - 1;
        return (cpu.load(slot(pasid)) & POINTER) + (long) index * ContextEntry.BYTES;
    }

    /** Gives all tables back. */
    void free(Cpu cpu) {
        if (linear) {
            free(table, (long) ContextEntry.BYTES << bits);
            return;
        }
        for (int leaf = 0; leaf < 1 << bits - LEAF_BITS; leaf++) {
            long word = cpu.load(table + (long) leaf * Long.BYTES);
            if ((word & VALID) != 0) {
                free(word & POINTER, (long) ContextEntry.BYTES << LEAF_BITS);
            }
        }
        free(table, (long) Long.BYTES << bits - LEAF_BITS);
    }

    private void free(long start, long bytes) {
        for (long at = 0; at < Math.max(1, bytes); at += PhysicalMemory.FRAME_BYTES) {
            site.frames().free(start + at);
        }
    }

    private long slot(int pasid) {
        return table + (long) (pasid >>> LEAF_BITS) * Long.BYTES;
    }
}
