package svasim.iommu.vtd;

/** RTADDR and the entries that it leads to (VT-d 5.10, 9.1, 9.2 and 11.4.5). */
public final class RootTable {
    static final int LEGACY = 0;
    static final int SCALABLE = 1;
    static final int RESERVED_MODE = 2;
    static final int ABORT = 3;

    static final long POINTER = -1L << 12;

    private static final int MODE_SHIFT = 10;
    private static final int ENTRY_BYTES = 16;
    private static final long PRESENT = 1;
    private static final long RESERVED = POINTER - 1 & ~PRESENT & 0xFFF;

    private RootTable() {}

    /** Value of RTADDR. */
    public static long register(long table, boolean scalable) {
        return table | (scalable ? SCALABLE : LEGACY) << MODE_SHIFT;
    }

    /** A legacy entry, or half a scalable one. */
    public static long entry(long contextTable) {
        return contextTable | PRESENT;
    }

    /** Bits of RTADDR that software can set. */
    static long writable(Capabilities has) {
        return POINTER | 3 << MODE_SHIFT | has.errorReset | has.ioPermissions;
    }

    /** TTM of RTADDR. */
    static int mode(long rootAddress) {
        return (int) (rootAddress >>> MODE_SHIFT) & 3;
    }

    /** Address of the root entry of a requester's bus. */
    public static long entryAddress(long rootAddress, int requesterId) {
        return (rootAddress & POINTER) + (long) (requesterId >>> 8) * ENTRY_BYTES;
    }

    /** P of a legacy entry, LP or UP of half a scalable one. */
    public static boolean present(long word) {
        return (word & PRESENT) != 0;
    }

    /** Reserved bits of a word, above the host address width too. */
    static long reserved(long word, long aboveHost) {
        return word & (RESERVED | aboveHost);
    }

    /** CTP, LCTP or UCTP. */
    public static long contextTable(long word) {
        return word & POINTER;
    }
}
