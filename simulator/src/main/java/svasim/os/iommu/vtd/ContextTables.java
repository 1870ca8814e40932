package svasim.os.iommu.vtd;

import svasim.cpu.Cpu;
import svasim.iommu.vtd.LegacyContext;
import svasim.iommu.vtd.RootTable;
import svasim.iommu.vtd.ScalableContext;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;

/** Root table and context tables of a unit, in legacy or scalable mode. */
final class ContextTables {
    /** What is stored of an entry; in scalable mode the other half stays 0. */
    private static final int ENTRY_BYTES = 2 * Long.BYTES;

    private final Frames frames;
    private final int owner;
    private final boolean scalable;
    private final WriteBack writeBack;
    private final long root;

    ContextTables(boolean scalable, Frames frames, int owner, WriteBack writeBack) {
        this.writeBack = writeBack;
        this.frames = frames;
        this.owner = owner;
        this.scalable = scalable;
        this.root = frames.allocate(FrameUse.IOMMU_TABLE, owner);
    }

    /** Has the unit see the root table as it is. */
    void writeBack(Cpu cpu) {
        writeBack.lines(cpu, root, PhysicalMemory.FRAME_BYTES);
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
        writeBack.lines(cpu, entry, ENTRY_BYTES);
    }

    /** Makes a device's entry not present and empty; the first word first. */
    void clear(Cpu cpu, int requesterId) {
        long entry = entry(cpu, requesterId);
        cpu.store(entry, 0);
        cpu.store(entry + Long.BYTES, 0);
        writeBack.lines(cpu, entry, ENTRY_BYTES);
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
            long table = frames.allocate(FrameUse.IOMMU_TABLE, owner);
            writeBack.lines(cpu, table, PhysicalMemory.FRAME_BYTES);
            found = RootTable.entry(table);
            cpu.store(word, found);
            writeBack.lines(cpu, word, Long.BYTES);
        }
        return RootTable.contextTable(found);
    }
}
