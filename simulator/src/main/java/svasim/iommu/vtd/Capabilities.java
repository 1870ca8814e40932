package svasim.iommu.vtd;

import svasim.iommu.core.CapabilityRegisters;

/** VER, CAP and ECAP as the logic asks them. */
final class Capabilities {
    private static final int SCALABLE_MAJOR = 6;

    final int version;
    final long cap;
    final long ecap;

    /** Host address width, in bits. */
    final int haw;

    final int domainBits;
    final int guestBits;
    final int maxAddressMask;
    final int faultRecords;
    final int faultOffset;
    final int iotlbOffset;
    final int pasidBits;

    /** Controls of RTADDR below TTM, each a single bit or 0. */
    final long errorReset;

    final long ioPermissions;

    private final CapabilityRegisters registers;
    private final int revision;

    Capabilities(VtdConfig config) {
        registers = config.capabilityRegisters();
        version = (int) registers.value("VER");
        cap = registers.value("CAP");
        ecap = registers.value("ECAP");
        haw = config.haw();
        domainBits = Math.min(4 + 2 * registers.field("CAP.ND"), 16);
        guestBits = registers.field("CAP.MGAW") + 1;
        maxAddressMask = registers.field("CAP.MAMV");
        faultRecords = registers.field("CAP.NFR") + 1;
        faultOffset = registers.field("CAP.FRO") * 16;
        iotlbOffset = registers.field("ECAP.IRO") * 16;
        pasidBits = registers.field("ECAP.PSS") + 1;
        revision = config.revision();
        errorReset = control(config.errorReset());
        ioPermissions = control(config.ioPermissions());
    }

    /** Whether a field of one bit is set, for example {@code "ECAP.PRS"}. */
    boolean has(String field) {
        return registers.has(field);
    }

    private static long control(Integer bit) {
        return bit == null ? 0 : 1L << bit;
    }

    /** Whether bits have the meanings that revision 5 took from them. */
    boolean beforeRevision5() {
        return revision < 5;
    }

    /** Whether execution is asked for and checked. */
    boolean executeRequests() {
        return beforeRevision5() && has("ECAP.ERS");
    }

    /** Whether translated requests may have a PASID. */
    boolean translatedWithPasid() {
        return !beforeRevision5() && has("ECAP.PTRS");
    }

    /** Whether translated requests may be held against host permission tables. */
    boolean permissionTables() {
        return !beforeRevision5() && has("ECAP.HPTS");
    }

    /** The largest number of levels of second-stage tables. */
    int mostLevels() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(registers.field("CAP.SAGAW")) + 1;
    }

    /** Whether second-stage tables of 3, 4 or 5 levels are supported. */
    boolean supportsLevels(int levels) {
        return levels >= 3 && levels <= 5 && (registers.field("CAP.SAGAW") >>> levels - 2 & 1) != 0;
    }

    /** Whether second-stage leaves of 2 MiB (0) or 1 GiB (1) are supported. */
    boolean supportsLargePages(int size) {
        return (registers.field("CAP.SSLPS") >>> size & 1) != 0;
    }

    /** Whether context and IOTLB invalidation by registers exist (1.5). */
    boolean registerInvalidation() {
        return version >>> 4 < SCALABLE_MAJOR;
    }

    /** Bits of an address that lie above the host address width. */
    long aboveHost() {
        return -1L << haw;
    }
}
