package svasim.os.iommu.vtd;

import svasim.cpu.Cpu;
import svasim.iommu.vtd.LegacyContext;
import svasim.iommu.vtd.RootTable;
import svasim.iommu.vtd.ScalableContext;
import svasim.memory.FrameUse;
import svasim.memory.Frames;

/** Root table and context tables of a unit, in legacy or scalable mode. */
final class ContextTables {
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
        return RootTable.register(root, scalable);
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
        long rootEntry = RootTable.entryAddress(root, requesterId);
        if (!scalable) {
            return LegacyContext.address(table(cpu, rootEntry), requesterId);
        }
        long half = rootEntry + (ScalableContext.upperHalf(requesterId) ? Long.BYTES : 0);
        return ScalableContext.address(table(cpu, half), requesterId);
    }

    private long table(Cpu cpu, long word) {
        long found = cpu.load(word);
        if (!RootTable.present(found)) {
            found = RootTable.entry(frames.allocate(FrameUse.IOMMU_TABLE, owner));
            cpu.store(word, found);
        }
        return RootTable.contextTable(found);
    }
}
