package svasim.os.iommu.vtd;

/** Words of root, context and PASID-table entries as the driver writes them (VT-d 9.1 to 9.6). */
final class Entries {
    static final long PRESENT = 1;

    /** Fault processing disable: faults found with this entry are not reported. */
    static final long FAULTS_DISABLED = 1 << 1;

    /** Bytes of a PASID-table entry. */
    static final int PASID_ENTRY_BYTES = 64;

    /** PASIDs of one 4 KiB table. */
    static final int PASIDS_PER_TABLE_SHIFT = 6;

    /** RTADDR: scalable mode. */
    static final long SCALABLE_MODE = 1 << 10;

    static final long POINTER = -1L << 12;

    private static final long DEVICE_TLB_ENABLE = 1 << 2;
    private static final long PASID_ENABLE = 1 << 3;
    private static final long PAGE_REQUEST_ENABLE = 1 << 4;
    private static final int DIRECTORY_SIZE_SHIFT = 9;
    private static final int SMALLEST_DIRECTORY_BITS = 7;
    private static final long LEGACY_WITH_ATS = 1 << 2;
    private static final long LEGACY_PASS_THROUGH = 2 << 2;
    private static final long FIRST_STAGE = 1 << 6;
    private static final long SECOND_STAGE = 2 << 6;
    private static final long PASS_THROUGH = 4 << 6;
    private static final long WALK_SNOOP = 1 << 23;
    private static final long WRITE_PROTECT = 1 << 4;

    private Entries() {}

    /**
     * First word of a scalable context entry.
     *
     * @param directoryBits log2 of the entries of the PASID directory
     */
    static long context(long directory, int directoryBits, boolean ats, boolean pageRequests) {
        long size = (long) (directoryBits - SMALLEST_DIRECTORY_BITS) << DIRECTORY_SIZE_SHIFT;
        return directory
                | size
                | PASID_ENABLE
                | (ats ? DEVICE_TLB_ENABLE : 0)
                | (ats && pageRequests ? PAGE_REQUEST_ENABLE : 0)
                | PRESENT;
    }

    /** First word of a legacy context entry. */
    static long legacyContext(long tables, boolean ats) {
        return tables | (ats ? LEGACY_WITH_ATS : 0) | PRESENT;
    }

    /** First word of a legacy context entry with which addresses are physical. */
    static long legacyPassThrough() {
        return LEGACY_PASS_THROUGH | PRESENT;
    }

    /** Second word of a legacy context entry. */
    static long legacyContextHigh(int domain, int levels) {
        return levels - 2 | (long) domain << 8;
    }

    /** Word 0 of a PASID-table entry for first-stage translation, not yet present. */
    static long firstStage() {
        return FIRST_STAGE;
    }

    /** Word 0 of a PASID-table entry with which addresses are physical, not yet present. */
    static long passThrough() {
        return PASS_THROUGH;
    }

    /** Word 0 of a PASID-table entry for second-stage translation, not yet present. */
    static long secondStage(long tables, int levels) {
        return tables | SECOND_STAGE | (long) (levels - 2) << 2;
    }

    /** Word 1. */
    static long domain(int domain, boolean walksSnoop) {
        return domain | (walksSnoop ? WALK_SNOOP : 0);
    }

    /** Word 2 for first-stage tables of 4 levels. */
    static long firstStageTables(long root) {
        return root | WRITE_PROTECT;
    }
}
