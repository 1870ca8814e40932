package svasim.iommu.vtd;

/**
 * Fields of the host permission table in words 4 and 5 of a PASID entry (reference vtd.md, 3.5).
 * HPTPFD forbids a prefetch that this unit does not do.
 */
final class PermissionTable {
    private static final long RESERVED_4 = 0xFF8;
    private static final long RESERVED_5 = -1L << 16;
    private static final int SIZES = 3;
    private static final int SMALLEST_LEVELS = 3;

    private PermissionTable() {}

    /** HPTSZ: 39, 48 or 57 bits of host address; the fourth value is a size error. */
    static boolean sizeLegal(long word4) {
        return (word4 & 3) < SIZES;
    }

    /** Levels of the table, if its size is legal. */
    static int levels(long word4) {
        return (int) (word4 & 3) + SMALLEST_LEVELS;
    }

    /** HPTPTR. */
    static long address(long word4) {
        return word4 & RootTable.POINTER;
    }

    /** HPTDID. */
    static int domain(long word5) {
        return (int) word5 & 0xFFFF;
    }

    /** Bits of word 4 that must be 0. */
    static long reserved4(Capabilities has) {
        return has.permissionTables() ? RESERVED_4 | has.aboveHost() : -1L;
    }

    /** Bits of word 5 that must be 0. */
    static long reserved5(Capabilities has) {
        return has.permissionTables() ? RESERVED_5 : -1L;
    }
}
