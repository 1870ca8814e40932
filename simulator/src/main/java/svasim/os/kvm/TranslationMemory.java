package svasim.os.kvm;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.cpu.PasidTables;
import svasim.memory.FrameUse;
import svasim.memory.Frames;

/** The PASID translation structures of a virtual machine, as KVM writes them. */
final class TranslationMemory {
    private static final int HALF_SHIFT = 32;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final Frames frames;
    private final int owner;
    private final List<Long> tables = new ArrayList<>();
    private long low;
    private long high;

    TranslationMemory(Frames frames, int owner) {
        this.frames = frames;
        this.owner = owner;
    }

    /** Both directories, empty. */
    void allocate() {
        low = frames.allocate(FrameUse.CPU_TABLE, owner);
        high = frames.allocate(FrameUse.CPU_TABLE, owner);
    }

    long low() {
        return low;
    }

    long high() {
        return high;
    }

    /** A table is there before its directory entry is. */
    void map(int guest, int host, Cpu cpu) {
        long pointer = pointer(guest);
        if (!PasidTables.isPresent(cpu.load(pointer))) {
            long table = frames.allocate(FrameUse.CPU_TABLE, owner);
            tables.add(table);
            cpu.store(pointer, PasidTables.directoryEntry(table));
        }
        write(guest, PasidTables.entry(host), cpu);
    }

    void unmap(int guest, Cpu cpu) {
        if (PasidTables.isPresent(cpu.load(pointer(guest)))) {
            write(guest, 0, cpu);
        }
    }

    private long pointer(int guest) {
        long directory = PasidTables.isHigh(guest) ? high : low;
        return directory + PasidTables.directoryOffset(guest);
    }

    /** One entry is half of the word that holds it. Every core sees it when this returns. */
    private void write(int guest, int entry, Cpu cpu) {
        long address = PasidTables.table(cpu.load(pointer(guest))) + PasidTables.tableOffset(guest);
        long word = address & -Long.BYTES;
        long before = cpu.load(word);
        long own = entry & LOW_HALF;
        long after =
                address == word ? before & ~LOW_HALF | own : before & LOW_HALF | own << HALF_SHIFT;
        cpu.store(word, after);
        cpu.fullBarrier();
    }

    void free() {
        tables.forEach(frames::free);
        tables.clear();
        frames.free(low);
        frames.free(high);
    }
}
