package svasim.iommu.vtd;

/**
 * PASID-table entry: 64 bytes as eight words, of which the first three have a meaning without host
 * permission tables (VT-d 5.10, 9.6; before revision 5 with the fields that were dropped then).
 */
public final class PasidTableEntry {
    public static final int BYTES = 64;

    // PGTT.
    static final int FIRST_STAGE = 1;
    static final int SECOND_STAGE = 2;
    static final int NESTED = 3;
    static final int PASS_THROUGH = 4;

    public static final long PRESENT = 1;

    /** FPD: faults that are found with this entry are not reported. */
    public static final long FAULTS_DISABLED = 1 << 1;

    private static final int TYPE_SHIFT = 6;
    private static final int LEVELS_SHIFT = 2;
    private static final long SSADE = 1 << 9;
    private static final long RESERVED_0 = 1 << 5 | 3 << 10;
    private static final long PWSNP = 1 << 23;
    private static final long PGSNP = 1 << 24;
    private static final long MEMORY_TYPES = 3 << 25 | -1L << 32;
    private static final long RESERVED_1 = 0x7F << 16;

    /** EMT, PWT and PCD of revisions before 5. */
    private static final long OLD_MEMORY_TYPES = 0x1FL << 27;

    private static final long SRE = 1;
    private static final long ERE = 1 << 1;
    private static final long WPE = 1 << 4;
    private static final long NXE = 1 << 5;
    private static final long SMEP = 1 << 6;
    private static final long EAFE = 1 << 7;
    private static final long RESERVED_2 = 0xF << 8;

    private PasidTableEntry() {}

    /** Word 0 for first-stage translation, not yet present. */
    public static long firstStage() {
        return FIRST_STAGE << TYPE_SHIFT;
    }

    /** Word 0 with which addresses are physical, not yet present. */
    public static long passThrough() {
        return PASS_THROUGH << TYPE_SHIFT;
    }

    /** Word 0 for second-stage translation, not yet present. */
    public static long secondStage(long tables, int levels) {
        return tables | SECOND_STAGE << TYPE_SHIFT | (long) (levels - 2) << LEVELS_SHIFT;
    }

    /** Word 0 for first-stage tables of a guest over second-stage ones, not yet present. */
    public static long nested(long tables, int levels) {
        return tables | NESTED << TYPE_SHIFT | (long) (levels - 2) << LEVELS_SHIFT;
    }

    /** Word 1. */
    public static long tag(int domain, boolean walksSnoop) {
        return domain | (walksSnoop ? PWSNP : 0);
    }

    /** Word 2 for first-stage tables of 4 levels. */
    public static long firstStageTables(long root) {
        return root | WPE;
    }

    static boolean present(long word0) {
        return (word0 & PRESENT) != 0;
    }

    static boolean faultsSuppressed(long word0) {
        return (word0 & FAULTS_DISABLED) != 0;
    }

    /** PGTT. */
    static int translationType(long word0) {
        return (int) (word0 >>> TYPE_SHIFT) & 7;
    }

    static boolean usesFirstStage(long word0) {
        int type = translationType(word0);
        return type == FIRST_STAGE || type == NESTED;
    }

    static boolean usesSecondStage(long word0) {
        int type = translationType(word0);
        return type == SECOND_STAGE || type == NESTED;
    }

    /** Levels of the second-stage tables that AW names: 3, 4 or 5 if it is legal. */
    static int secondLevels(long word0) {
        return (int) (word0 >>> LEVELS_SHIFT & 7) + 2;
    }

    /** SSPTPTR. */
    static long secondTables(long word0) {
        return word0 & RootTable.POINTER;
    }

    static boolean secondAccessedDirty(long word0) {
        return (word0 & SSADE) != 0;
    }

    static int domain(long word1) {
        return (int) word1 & 0xFFFF;
    }

    /** PWSNP. */
    static boolean walksSnoop(long word1) {
        return (word1 & PWSNP) != 0;
    }

    /** Levels of the first-stage tables that FSPM names: 4 or 5 if it is legal. */
    static int firstLevels(long word2) {
        return (int) (word2 >>> 2 & 3) + 4;
    }

    /** FSPTPTR: a guest physical address if nested. */
    static long firstTables(long word2) {
        return word2 & RootTable.POINTER;
    }

    static boolean supervisorAllowed(long word2) {
        return (word2 & SRE) != 0;
    }

    /** ERE. */
    static boolean executeAllowed(long word2) {
        return (word2 & ERE) != 0;
    }

    /** NXE: bit 63 of first-stage entries forbids to execute. */
    static boolean executeDisable(long word2) {
        return (word2 & NXE) != 0;
    }

    /** SMEP: supervisor requests execute no user pages. */
    static boolean noSupervisorExecute(long word2) {
        return (word2 & SMEP) != 0;
    }

    static boolean writeProtect(long word2) {
        return (word2 & WPE) != 0;
    }

    static boolean extendedAccessed(long word2) {
        return (word2 & EAFE) != 0;
    }

    /** Bits of word 0 that must be 0; pointers are looked at only where they are used. */
    static long reserved0(Capabilities has) {
        return RESERVED_0 | (has.has("ECAP.SSADS") ? 0 : SSADE);
    }

    static long reserved1(Capabilities has) {
        return RESERVED_1
                | (-1L << has.domainBits & 0xFFFF)
                | (has.has("ECAP.SMPWCS") ? 0 : PWSNP)
                | (has.has("ECAP.SC") ? 0 : PGSNP)
                | (has.has("ECAP.MTS") ? 0 : MEMORY_TYPES)
                | (has.beforeRevision5() && has.has("ECAP.MTS") ? 0 : OLD_MEMORY_TYPES);
    }

    static long reserved2(Capabilities has) {
        return RESERVED_2
                | (has.has("ECAP.SRS") ? 0 : SRE)
                | (has.executeRequests() ? 0 : ERE)
                | (has.has("ECAP.EAFS") ? 0 : EAFE);
    }
}
