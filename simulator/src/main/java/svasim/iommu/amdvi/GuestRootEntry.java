package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;

/** Entry of a GCR3 table of any level, 8 bytes (3). */
public final class GuestRootEntry {
    /** log2 of the entries of a table. */
    public static final int INDEX_BITS = 9;

    private static final long VALID = 1;

    /** PWT and PCD, as in CR3, of an entry of the last level. */
    private static final long CACHE_CONTROL = 0b11 << 3;

    private static final long ADDRESS = Bits.inPlace(-1L, 51, 12);

    private GuestRootEntry() {}

    /** Entry that leads to a table, or to the page table of a PASID. */
    public static long of(long table) {
        return table | VALID;
    }

    public static boolean valid(long word) {
        return (word & VALID) != 0;
    }

    public static long address(long word) {
        return word & ADDRESS;
    }

    /**
     * Address of the entry of a PASID.
     *
     * @param level of the table, 0 for the last one
     */
    public static long slot(long table, int pasid, int level) {
        int index = pasid >>> level * INDEX_BITS & (1 << INDEX_BITS) - 1;
        return table + (long) index * Long.BYTES;
    }

    /** Whether a bit is set that has no meaning at this level. */
    static boolean reservedSet(long word, int level) {
        return (word & ~(VALID | ADDRESS | (level == 0 ? CACHE_CONTROL : 0))) != 0;
    }
}
