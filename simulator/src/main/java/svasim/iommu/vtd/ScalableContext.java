package svasim.iommu.vtd;

/** Context entry of scalable mode: 32 bytes, of which 16 have a meaning (VT-d 5.10, 9.4). */
public final class ScalableContext {
    static final int BYTES = 32;

    private static final long PRESENT = 1;
    private static final long FPD = 1 << 1;
    private static final long DTE = 1 << 2;
    private static final long PASIDE = 1 << 3;
    private static final long PRE = 1 << 4;
    private static final long HPTE = 1 << 5;
    private static final long EPTR = 1 << 6;
    private static final long RESERVED_LOW = 3 << 7;
    private static final int PDTS_SHIFT = 9;
    private static final long RID_PASID = 0xFFFFF;
    private static final long RID_PRIV = 1 << 20;
    private static final long RESERVED_HIGH = -1L << 21;

    private static final int SMALLEST_DIRECTORY_BITS =
            PasidDirectory.PASID_BITS + PasidDirectory.SMALLEST_BITS;

    private ScalableContext() {}

    /**
     * First word.
     *
     * @param directoryBits log2 of the entries of the PASID directory
     */
    public static long of(long directory, int directoryBits, boolean ats, boolean pageRequests) {
        long size = directoryBits + PasidDirectory.PASID_BITS - SMALLEST_DIRECTORY_BITS;
        return directory
                | size << PDTS_SHIFT
                | PASIDE
                | (ats ? DTE : 0)
                | (ats && pageRequests ? PRE : 0)
                | PRESENT;
    }

    public static long address(long table, int requesterId) {
        return table + (long) (requesterId & 0x7F) * BYTES;
    }

    /** Whether the requester belongs to the upper half of its root entry. */
    public static boolean upperHalf(int requesterId) {
        return (requesterId & 0x80) != 0;
    }

    static boolean present(long low) {
        return (low & PRESENT) != 0;
    }

    static boolean faultsSuppressed(long low) {
        return (low & FPD) != 0;
    }

    static boolean atsAllowed(long low) {
        return (low & DTE) != 0;
    }

    static boolean pasidAllowed(long low) {
        return (low & PASIDE) != 0;
    }

    static boolean pageRequestsAllowed(long low) {
        return (low & PRE) != 0;
    }

    /** Whether translated requests are held against the host permission table. */
    static boolean checksPermissions(long low) {
        return (low & HPTE) != 0;
    }

    static boolean translatedWithPasid(long low) {
        return (low & EPTR) != 0;
    }

    /** Whether the PASID directory has no entry for the PASID. */
    static boolean beyondDirectory(long low, int pasid) {
        int bits = (int) (low >>> PDTS_SHIFT & 7) + SMALLEST_DIRECTORY_BITS;
        return pasid >>> bits != 0;
    }

    static long directory(long low) {
        return low & RootTable.POINTER;
    }

    static int ridPasid(long high) {
        return (int) (high & RID_PASID);
    }

    static boolean ridPrivileged(long high) {
        return (high & RID_PRIV) != 0;
    }

    /** Bits of the first word that must be 0. */
    static long reservedLow(Capabilities has) {
        return RESERVED_LOW
                | has.aboveHost()
                | (has.permissionTables() ? 0 : HPTE)
                | (has.translatedWithPasid() ? 0 : EPTR)
                | (has.has("ECAP.DT") ? 0 : DTE)
                | (has.has("ECAP.PASID") ? 0 : PASIDE)
                | (has.has("ECAP.PRS") ? 0 : PRE);
    }

    /** Bits of the second word that must be 0. */
    static long reservedHigh(Capabilities has) {
        return RESERVED_HIGH
                | (has.has("ECAP.RPS") ? 0 : RID_PASID)
                | (has.has("ECAP.RPRIVS") ? 0 : RID_PRIV);
    }

    /** Combinations that make the entry invalid (fault 43h). */
    static boolean contradictory(long low, long high) {
        return pageRequestsAllowed(low) && !atsAllowed(low)
                || translatedWithPasid(low) && !pasidAllowed(low)
                || beyondDirectory(low, ridPasid(high));
    }
}
