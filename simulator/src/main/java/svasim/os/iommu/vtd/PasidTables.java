package svasim.os.iommu.vtd;

import svasim.cpu.Cpu;
import svasim.iommu.vtd.PasidDirectory;
import svasim.iommu.vtd.PasidTableEntry;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.os.defect.Defect;
import svasim.os.iommu.UnitSite;

/** PASID directory and tables of one device. */
final class PasidTables {
    /** There is no table for the PASID. */
    static final long NONE = -1;

    /** Words of an entry. */
    static final int WORDS = PasidTableEntry.BYTES / Long.BYTES;

    private final Frames frames;
    private final int owner;
    private final WriteBack writeBack;

    /** Whether a bug links a table before its zeroes are in memory. */
    private final boolean linksEarly;

    private final int directoryBits;
    private final long directory;

    /**
     * @param pasidBits width of the PASIDs that the tables are for
     */
    PasidTables(int pasidBits, UnitSite site, WriteBack writeBack) {
        this.frames = site.frames();
        this.owner = site.owner();
        this.writeBack = writeBack;
        this.linksEarly = site.has(Defect.S35);
        this.directoryBits =
                Math.max(PasidDirectory.SMALLEST_BITS, pasidBits - PasidDirectory.PASID_BITS);
        int bytes = Long.BYTES << directoryBits;
        int count = Math.max(1, bytes >>> PhysicalMemory.FRAME_SHIFT);
        this.directory = frames.allocateContiguous(FrameUse.IOMMU_TABLE, owner, count);
    }

    long directory() {
        return directory;
    }

    int directoryBits() {
        return directoryBits;
    }

    /** Address of a PASID's entry, or {@link #NONE}. */
    long find(Cpu cpu, int pasid) {
        long word = cpu.load(slot(pasid));
        return PasidDirectory.present(word) ? PasidDirectory.pasidEntryAddress(word, pasid) : NONE;
    }

    /** Address of a PASID's entry, in a new table if there is none. */
    long findOrAllocate(Cpu cpu, int pasid) {
        long found = find(cpu, pasid);
        if (found != NONE) {
            return found;
        }
        long table = frames.allocate(FrameUse.IOMMU_TABLE, owner);
        if (!linksEarly) {
            writeBack.lines(cpu, table, PhysicalMemory.FRAME_BYTES);
        }
        long word = PasidDirectory.of(table);
        cpu.store(slot(pasid), word);
        writeBack.lines(cpu, slot(pasid), Long.BYTES);
        return PasidDirectory.pasidEntryAddress(word, pasid);
    }

    /** Has the unit see the table around an entry as it is. */
    void writeBackTable(Cpu cpu, long entry) {
        writeBack.lines(cpu, entry & -PhysicalMemory.FRAME_BYTES, PhysicalMemory.FRAME_BYTES);
    }

    /** Has the unit see the directory as it is, before it is told of it. */
    void writeBackDirectory(Cpu cpu) {
        writeBack.lines(cpu, directory, Long.BYTES << directoryBits);
    }

    /** Has the unit see an entry as it is. */
    void writeBackEntry(Cpu cpu, long entry) {
        writeBack.lines(cpu, entry, PasidTableEntry.BYTES);
    }

    /** Makes an entry present; word 0 last, so that hardware never sees half of it. */
    static void publish(Cpu cpu, long entry, long word0, long word1, long word2) {
        cpu.store(entry + Long.BYTES, word1);
        cpu.store(entry + 2L * Long.BYTES, word2);
        cpu.storeBarrier();
        cpu.store(entry, word0 | PasidTableEntry.PRESENT);
    }

    static boolean isPresent(Cpu cpu, long entry) {
        return (cpu.load(entry) & PasidTableEntry.PRESENT) != 0;
    }

    /** Clears Present only. */
    static void clearPresent(Cpu cpu, long entry) {
        cpu.store(entry, cpu.load(entry) & ~PasidTableEntry.PRESENT);
    }

    /** Clears an entry that is not present, but for these bits of word 0. */
    static void clear(Cpu cpu, long entry, long word0) {
        for (int i = WORDS - 1; i > 0; i--) {
            cpu.store(entry + (long) i * Long.BYTES, 0);
        }
        cpu.store(entry, word0);
    }

    /** Gives all tables back. */
    void free(Cpu cpu) {
        for (int i = 0; i < 1 << directoryBits; i++) {
            long word = cpu.load(directory + (long) i * Long.BYTES);
            if (PasidDirectory.present(word)) {
                frames.free(PasidDirectory.table(word));
            }
        }
        int bytes = Long.BYTES << directoryBits;
        for (int at = 0; at < bytes; at += PhysicalMemory.FRAME_BYTES) {
            frames.free(directory + at);
        }
    }

    private long slot(int pasid) {
        return PasidDirectory.entryAddress(directory, pasid);
    }
}
