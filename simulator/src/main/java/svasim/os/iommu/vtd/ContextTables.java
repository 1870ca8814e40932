package svasim.os.iommu.vtd;

import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.memory.Frames;

/** Root table and context tables of a unit, in legacy or scalable mode. */
final class ContextTables {
    private static final int ROOT_ENTRY_BYTES = 16;
    private static final int LEGACY_ENTRY_BYTES = 16;
    private static final int SCALABLE_ENTRY_BYTES = 32;
    private static final int UPPER_HALF = 0x80;

    private final Frames frames;
    private final int owner;
    private final boolean scalable;
    private final long root;

    ContextTables(boolean scalable, Frames frames, int owner) {
        this.frames = frames;
        this.owner = owner;
        this.scalable = scalable;
        this.root = frames.allocate(FrameUse.IOMMU_TABLE, owner);
    }

    /** Value of RTADDR. */
    long rootRegister() {
        return root | (scalable ? Entries.SCALABLE_MODE : 0);
    }

    /** Makes a device's entry present; the first word last. */
    void publish(Cpu cpu, int requesterId, long word0, long word1) {
        long entry = entry(cpu, requesterId);
        cpu.store(entry + Long.BYTES, word1);
        cpu.store(entry, word0);
    }

    /** Makes a device's entry not present and empty; the first word first. */
    void clear(Cpu cpu, int requesterId) {
        long entry = entry(cpu, requesterId);
        cpu.store(entry, 0);
        cpu.store(entry + Long.BYTES, 0);
    }

    private long entry(Cpu cpu, int requesterId) {
        long rootEntry = root + (long) (requesterId >>> 8) * ROOT_ENTRY_BYTES;
        int devfn = requesterId & 0xFF;
        if (!scalable) {
            return table(cpu, rootEntry) + (long) devfn * LEGACY_ENTRY_BYTES;
        }
        long half = rootEntry + (devfn < UPPER_HALF ? 0 : Long.BYTES);
        return table(cpu, half) + (long) (devfn & UPPER_HALF - 1) * SCALABLE_ENTRY_BYTES;
    }

    private long table(Cpu cpu, long word) {
        long found = cpu.load(word);
        if ((found & Entries.PRESENT) == 0) {
            found = frames.allocate(FrameUse.IOMMU_TABLE, owner) | Entries.PRESENT;
            cpu.store(word, found);
        }
        return found & Entries.POINTER;
    }
}
