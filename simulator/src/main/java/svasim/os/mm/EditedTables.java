package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.paging.TableMemory;

/** Page tables as a core edits them: its loads and stores, and frames of an owner. */
public record EditedTables(Cpu cpu, Frames frames, int owner) implements TableMemory {
    @Override
    public long allocateTable(int level, int bytes) {
        return frames.allocate(FrameUse.PAGE_TABLE, owner);
    }

    @Override
    public void freeTable(long address, int bytes) {
        frames.free(address);
    }

    @Override
    public long load(long address) {
        return cpu.load(address);
    }

    @Override
    public void store(long address, long entry) {
        cpu.store(address, entry);
    }
}
