package svasim.iommu.vtd;

/** Context entry of legacy mode: 16 bytes (VT-d 5.10, 9.3). */
public final class LegacyContext {
    static final int BYTES = 16;

    static final int TRANSLATE = 0;
    static final int TRANSLATE_AND_ATS = 1;
    static final int PASS_THROUGH = 2;

    private static final long PRESENT = 1;
    private static final long FPD = 1 << 1;
    private static final long RESERVED_LOW = 0xFF0;
    private static final long RESERVED_HIGH = 1 << 7 | -1L << 24;
    private static final int TYPE_SHIFT = 2;
    private static final int DOMAIN_SHIFT = 8;

    /** DID in the second word. */
    static final long DOMAIN = 0xFFFFL << DOMAIN_SHIFT;

    private LegacyContext() {}

    /** First word with second-stage tables. */
    public static long translating(long tables, boolean ats) {
        return tables | (ats ? TRANSLATE_AND_ATS : TRANSLATE) << TYPE_SHIFT | PRESENT;
    }

    /** First word with which addresses are physical. */
    public static long passThrough() {
        return PASS_THROUGH << TYPE_SHIFT | PRESENT;
    }

    /** Second word. */
    public static long tag(int domain, int levels) {
        return levels - 2 | domainField(domain);
    }

    public static long address(long table, int requesterId) {
        return table + (long) (requesterId & 0xFF) * BYTES;
    }

    static boolean present(long low) {
        return (low & PRESENT) != 0;
    }

    static boolean faultsSuppressed(long low) {
        return (low & FPD) != 0;
    }

    /** TT. */
    static int translationType(long low) {
        return (int) (low >>> TYPE_SHIFT) & 3;
    }

    /** SSPTPTR. */
    static long tables(long low) {
        return low & RootTable.POINTER;
    }

    /** Levels of the second-stage tables that AW names: 3, 4 or 5 if it is legal. */
    static int levels(long high) {
        return (int) (high & 7) + 2;
    }

    static int domain(long high) {
        return (int) (high >>> DOMAIN_SHIFT) & 0xFFFF;
    }

    /** DID as it stands in the second word. */
    static long domainField(int domain) {
        return (long) domain << DOMAIN_SHIFT;
    }

    static boolean reservedBits(long low, long high, Capabilities capabilities) {
        boolean pointerUsed = translationType(low) != PASS_THROUGH;
        long lowMask = RESERVED_LOW | (pointerUsed ? capabilities.aboveHost() : 0);
        return (low & lowMask) != 0
                || (high & RESERVED_HIGH) != 0
                || domain(high) >>> capabilities.domainBits != 0;
    }
}
