package svasim.cpu;

/**
 * Bits of the PASID translation structures of VMX (field 0x2038 of the VMCS: low directory, for
 * guest PASIDs with bit 19 clear; 0x203A: high directory). A directory has 512 entries of 8 bytes,
 * by bits 18:10; a table has 1024 entries of 4 bytes, by bits 9:0. After the project's reference of
 * the life of a PASID, section 5, which has the layout of entries from memory.
 */
public final class PasidTables {
    /** VMCS field with the address of the low directory. */
    public static final int LOW_DIRECTORY_FIELD = 0x2038;

    /** VMCS field with the address of the high directory. */
    public static final int HIGH_DIRECTORY_FIELD = 0x203A;

    public static final int DIRECTORY_ENTRIES = 512;
    public static final int TABLE_ENTRIES = 1024;

    /** Size and alignment of directories and tables. */
    public static final int BYTES = 4096;

    private static final int HIGH_SHIFT = 19;
    private static final int DIRECTORY_SHIFT = 10;
    private static final long PRESENT = 1;
    private static final long ADDRESS = 0x000F_FFFF_FFFF_F000L;
    private static final int PASID = 0xF_FFFF;
    private static final int VALID = 1 << 31;
    private static final int RESERVED = 0x7FF0_0000;

    private PasidTables() {}

    /** Whether a guest PASID is looked up in the high directory. */
    public static boolean isHigh(int guestPasid) {
        return (guestPasid >>> HIGH_SHIFT & 1) != 0;
    }

    /** Offset of the entry for a guest PASID in its directory. */
    public static int directoryOffset(int guestPasid) {
        return (guestPasid >>> DIRECTORY_SHIFT & DIRECTORY_ENTRIES - 1) * Long.BYTES;
    }

    /** Offset of the entry for a guest PASID in its table. */
    public static int tableOffset(int guestPasid) {
        return (guestPasid & TABLE_ENTRIES - 1) * Integer.BYTES;
    }

    /** A directory entry that points to a table. */
    public static long directoryEntry(long table) {
        return table & ADDRESS | PRESENT;
    }

    public static boolean isPresent(long directoryEntry) {
        return (directoryEntry & PRESENT) != 0;
    }

    /** Address of the table that a directory entry points to. */
    public static long table(long directoryEntry) {
        return directoryEntry & ADDRESS;
    }

    /** A table entry for a host PASID; 0 is one for none. */
    public static int entry(int hostPasid) {
        return hostPasid & PASID | VALID;
    }

    /** Whether an entry translates: valid, and bits 30:20 clear. */
    public static boolean isValid(int entry) {
        return (entry & VALID) != 0 && (entry & RESERVED) == 0;
    }

    public static int hostPasid(int entry) {
        return entry & PASID;
    }
}
