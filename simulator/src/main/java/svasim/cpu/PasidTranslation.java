package svasim.cpu;

import svasim.memory.PhysicalMemory;
import svasim.units.Picoseconds;

/**
 * PASID translation of a virtual core: walks the structures in the host's memory at each ENQCMD and
 * ENQCMDS. Nothing of them is cached in the core, so that a cleared entry is out of use as soon as
 * every core has ended the instruction that it is at.
 */
public final class PasidTranslation {
    /** No valid entry. */
    public static final int FAILED = -1;

    private static final int HALF_SHIFT = 32;

    private final PhysicalMemory memory;
    private final long lowDirectory;
    private final long highDirectory;
    private final Picoseconds read;
    private final PasidExits exits;

    /**
     * @param memory of the host
     * @param lowDirectory host-physical address, a multiple of 4096
     * @param highDirectory the same
     * @param read time of each of the two reads
     */
    public PasidTranslation(
            PhysicalMemory memory,
            long lowDirectory,
            long highDirectory,
            Picoseconds read,
            PasidExits exits) {
        this.memory = memory;
        this.lowDirectory = lowDirectory;
        this.highDirectory = highDirectory;
        this.read = read;
        this.exits = exits;
    }

    /** Host PASID of a guest PASID, or {@link #FAILED}; without time and without exit. */
    public int lookup(int guestPasid) {
        long directory = PasidTables.isHigh(guestPasid) ? highDirectory : lowDirectory;
        long pointer = memory.readLong(directory + PasidTables.directoryOffset(guestPasid));
        if (!PasidTables.isPresent(pointer)) {
            return FAILED;
        }
        long address = PasidTables.table(pointer) + PasidTables.tableOffset(guestPasid);
        long word = memory.readLong(address & -Long.BYTES);
        int entry = (int) ((address & Integer.BYTES) == 0 ? word : word >>> HALF_SHIFT);
        return PasidTables.isValid(entry) ? PasidTables.hostPasid(entry) : FAILED;
    }

    int translate(int guestPasid, Cpu cpu) {
        int host = lookup(guestPasid);
        cpu.spend(2 * read.value());
        if (host != FAILED) {
            exits.translated(guestPasid, host);
        }
        return host;
    }

    /** Null for #GP. */
    Enqueue exit(int reason, int guestPasid, Cpu cpu) {
        return exits.untranslated(reason, guestPasid, cpu) ? Enqueue.deferred() : null;
    }
}
