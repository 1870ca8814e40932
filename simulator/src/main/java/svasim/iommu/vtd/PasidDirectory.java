package svasim.iommu.vtd;

/** PASID directory entry: 8 bytes, for 64 PASIDs (VT-d 5.10, 9.5). */
final class PasidDirectory {
    private static final long PRESENT = 1;
    private static final long FPD = 1 << 1;
    private static final long RESERVED = 0xFFC;

    private PasidDirectory() {}

    static long entryAddress(long directory, int pasid) {
        return directory + (long) (pasid >>> 6) * Long.BYTES;
    }

    static boolean present(long word) {
        return (word & PRESENT) != 0;
    }

    static boolean faultsSuppressed(long word) {
        return (word & FPD) != 0;
    }

    static boolean reservedBits(long word, long aboveHost) {
        return (word & (RESERVED | aboveHost)) != 0;
    }

    /** Address of the PASID's entry. */
    static long pasidEntryAddress(long word, int pasid) {
        return (word & RootTable.POINTER) + (long) (pasid & 0x3F) * PasidEntry.BYTES;
    }
}
