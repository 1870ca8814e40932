package svasim.os.iommu.amdvi;

/** Words of device table entries as the driver writes them (AMD-Vi reference, 2.1). */
final class DeviceEntry {
    /** The entry counts; its fields of translation do not, so that every access is stopped. */
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

    private DeviceEntry() {}

    /**
     * How page requests are answered.
     *
     * @param pageRequests whether there are any
     */
    record Answers(boolean pageRequests, boolean carryPasid) {}

    /** Word 0 with which every access is stopped. */
    static long blocked() {
        return BLOCKED;
    }

    /** Word 0 with which addresses are physical. */
    static long passThrough() {
        return VALID | READ_WRITE;
    }

    /** Word 0 with host tables. */
    static long host(long root, int levels) {
        return VALID | (long) levels << MODE_SHIFT | root | READ_WRITE;
    }

    /**
     * Word 0 with guest tables.
     *
     * @param levels of the GCR3 table
     * @param withoutPasid whether requests without PASID use those of PASID 0; else their addresses
     *     are physical
     */
    static long guest(long guestRoots, int levels, Answers answers, boolean withoutPasid) {
        return VALID
                | (answers.pageRequests() ? PAGE_REQUESTS : 0)
                | (answers.carryPasid() ? PASID_ON_ANSWERS : 0)
                | (withoutPasid ? GUEST_WITHOUT_PASID : 0)
                | GUEST_VALID
                | (long) (levels - 1) << GUEST_LEVELS_SHIFT
                | (guestRoots >>> 12 & 0x7) << 58
                | READ_WRITE;
    }

    /**
     * Word 1.
     *
     * @param guestRoots address of the GCR3 table, 0 without
     */
    static long domain(int domain, long guestRoots, boolean ats) {
        return domain
                | (guestRoots >>> 15 & 0xFFFF) << 16
                | (guestRoots >>> 31 & 0x1F_FFFF) << 43
                | (ats ? ATS : 0);
    }
}
