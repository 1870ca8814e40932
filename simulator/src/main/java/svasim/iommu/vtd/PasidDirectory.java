package svasim.iommu.vtd;

/** PASID directory entry: 8 bytes, for 64 PASIDs (VT-d 5.10, 9.5). */
public final class PasidDirectory {
    /** log2 of the PASIDs of one entry. */
    public static final int PASID_BITS = 6;

    /** log2 of the entries of the smallest directory. */
    public static final int SMALLEST_BITS = 7;

    private static final long PRESENT = 1;
    private static final long FPD = 1 << 1;
    private static final long RESERVED = 0xFFC;

    private PasidDirectory() {}

    /** Entry of a table. */
    public static long of(long table) {
        return table | PRESENT;
    }

    /** The table that an entry points to. */
    public static long table(long word) {
        return word & RootTable.POINTER;
    }

    public static long entryAddress(long directory, int pasid) {
        return directory + (long) (pasid >>> PASID_BITS) * Long.BYTES;
    }

    public static boolean present(long word) {
        return (word & PRESENT) != 0;
    }

    static boolean faultsSuppressed(long word) {
        return (word & FPD) != 0;
    }

    static boolean reservedBits(long word, long aboveHost) {
        return (word & (RESERVED | aboveHost)) != 0;
    }

    /** Address of the PASID's entry. */
    public static long pasidEntryAddress(long word, int pasid) {
        return table(word) + (long) (pasid & (1 << PASID_BITS) - 1) * PasidTableEntry.BYTES;
    }
}
