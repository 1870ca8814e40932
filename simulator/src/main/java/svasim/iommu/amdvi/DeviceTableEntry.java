package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;
import svasim.paging.Access;

/** Fields of a device table entry, 32 bytes (2). */
public record DeviceTableEntry(long q0, long q1, long q2, long q3) {
    public static final int BYTES = 32;

    /** GLX of three levels; the next value is reserved. */
    static final int LARGEST_GLX = 2;

    /** V without TV: the entry counts and translates nothing, so that every access is stopped. */
    private static final long BLOCKED = 0b01;

    private static final long VALID = 0b11;
    private static final int MODE_SHIFT = 9;
    private static final long PAGE_REQUESTS = 1L << 52;
    private static final long PASID_ON_ANSWERS = 1L << 53;
    private static final long GUEST_WITHOUT_PASID = 1L << 54;
    private static final long GUEST_VALID = 1L << 55;
    private static final int GUEST_LEVELS_SHIFT = 56;
    private static final long READ_WRITE = 3L << 61;
    private static final long ATS = 1L << 32;

    /** PPR, GPRP, GIoV, GV, GLX and GCR3[14:12]. */
    private static final long GUEST_0 = Bits.inPlace(-1L, 60, 52);

    /** GCR3[30:15], GCR3[51:31] and I. */
    private static final long GUEST_1 = Bits.inPlace(-1L, 31, 16) | Bits.inPlace(-1L, 63, 43) | ATS;

    /**
     * How page requests are answered.
     *
     * @param pageRequests whether there are any
     */
    public record Answers(boolean pageRequests, boolean carryPasid) {}

    /** Word 0 with which every access is stopped. */
    public static long blocked() {
        return BLOCKED;
    }

    /** Word 0 with which addresses are physical. */
    public static long passThrough() {
        return VALID | READ_WRITE;
    }

    /** Word 0 with host tables. */
    public static long host(long root, int levels) {
        return VALID | (long) levels << MODE_SHIFT | root | READ_WRITE;
    }

    /**
     * Word 0 with guest tables.
     *
     * @param levels of the GCR3 table
     * @param withoutPasid whether requests without PASID use those of PASID 0; else their addresses
     *     are physical
     */
    public static long guest(long guestRoots, int levels, Answers answers, boolean withoutPasid) {
        return VALID
                | (answers.pageRequests() ? PAGE_REQUESTS : 0)
                | (answers.carryPasid() ? PASID_ON_ANSWERS : 0)
                | (withoutPasid ? GUEST_WITHOUT_PASID : 0)
                | GUEST_VALID
                | (long) (levels - 1) << GUEST_LEVELS_SHIFT
                | (guestRoots >>> 12 & 0x7) << 58
                | READ_WRITE;
    }

    /** Word 0 with guest tables as a guest's entry says, over host tables. */
    public DeviceTableEntry over(long hostRoot, int hostLevels) {
        return new DeviceTableEntry(q0 & GUEST_0 | host(hostRoot, hostLevels), q1 & GUEST_1, 0, 0);
    }

    /**
     * Word 1.
     *
     * @param guestRoots address of the GCR3 table, 0 without
     */
    public static long tags(int domain, long guestRoots, boolean ats) {
        return domain
                | (guestRoots >>> 15 & 0xFFFF) << 16
                | (guestRoots >>> 31 & 0x1F_FFFF) << 43
                | (ats ? ATS : 0);
    }

    public boolean valid() {
        return Bits.bit(q0, 0);
    }

    /** TV: the fields of translation count. */
    public boolean translationValid() {
        return Bits.bit(q0, 1);
    }

    /** Whether a reserved bit of the first word is set. */
    public boolean reservedSet() {
        return Bits.field(q0, 6, 2) != 0 || Bits.bit(q0, 63);
    }

    /** HAD[0]: hardware sets accessed bits of host tables. */
    boolean hostAccessed() {
        return Bits.bit(q0, 7);
    }

    /** HAD[1]: hardware sets dirty bits of host tables. */
    boolean hostDirty() {
        return Bits.bit(q0, 8);
    }

    /** Levels of host tables, 0 for none. */
    public int mode() {
        return Bits.small(q0, 11, 9);
    }

    long hostRoot() {
        return Bits.inPlace(q0, 51, 12);
    }

    /** PPR: page requests are accepted. */
    boolean pageRequests() {
        return Bits.bit(q0, 52);
    }

    /** GPRP: answers to page requests carry the PASID. */
    boolean pasidOnResponses() {
        return Bits.bit(q0, 53);
    }

    /** GIoV: requests without PASID use the guest tables of PASID 0. */
    boolean guestIo() {
        return Bits.bit(q0, 54);
    }

    /** GV: requests with PASID use guest tables. */
    public boolean guestValid() {
        return Bits.bit(q0, 55);
    }

    /** Levels of the GCR3 table, less one. */
    public int glx() {
        return Bits.small(q0, 57, 56);
    }

    /** Root of the GCR3 table, a system physical address; its bits lie in three places. */
    long guestRoot() {
        return Bits.field(q0, 60, 58) << 12
                | Bits.field(q1, 31, 16) << 15
                | Bits.field(q1, 63, 43) << 31;
    }

    /** IR and IW as bits of {@link Access}. */
    int permitted() {
        return (Bits.bit(q0, 61) ? Access.READ : 0) | (Bits.bit(q0, 62) ? Access.WRITE : 0);
    }

    int domain() {
        return Bits.small(q1, 15, 0);
    }

    /** I: the device may use ATS. */
    boolean ats() {
        return Bits.bit(q1, 32);
    }

    /** SE: page faults are reported once. */
    boolean suppressesFurtherFaults() {
        return Bits.bit(q1, 33);
    }

    /** SA: page faults are not reported. */
    boolean suppressesFaults() {
        return Bits.bit(q1, 34);
    }

    /** EX: the exclusion range holds for the device. */
    boolean excluded() {
        return Bits.bit(q1, 39);
    }

    /** GPM: 0 for guest tables of 4 levels, 1 for 5; more is reserved. */
    public int guestPagingMode() {
        return Bits.small(q2, 55, 54);
    }
}
