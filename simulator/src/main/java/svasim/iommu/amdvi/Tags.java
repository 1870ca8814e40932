package svasim.iommu.amdvi;

import java.util.List;
import svasim.paging.Access;

/**
 * Tags of cached translations and tables: DomainID, PASID, which tables translate, the privilege
 * and the device table entry's IR and IW, whose permissions the entry holds. DeviceIDs are no tag:
 * equal tags must mean equal tables.
 */
final class Tags {
    static final long DOMAIN = 0xFFFFL;
    static final long PASID = 0xF_FFFFL << 16;

    /** Which tables translate. */
    static final long KIND = 0b11L << 36;

    static final long HOST = 0;
    static final long GUEST = 1L << 36;
    static final long NESTED = 2L << 36;

    private static final int PASID_SHIFT = 16;
    private static final int PERMITTED_SHIFT = 38;
    private static final long PRIVILEGED = 1L << 40;

    private Tags() {}

    /** Translations without guest tables, and host tables themselves. */
    static long host(int domain, int permitted) {
        return domain | HOST | permitted(permitted);
    }

    /** Translations by guest tables, alone or over host tables, and guest tables themselves. */
    static long guest(int domain, int pasid, boolean nested, int permitted) {
        return space(domain, pasid) | (nested ? NESTED : GUEST) | permitted(permitted);
    }

    static long space(int domain, int pasid) {
        return domain | (long) pasid << PASID_SHIFT;
    }

    static long withPrivilege(long tag, boolean privileged) {
        return privileged ? tag | PRIVILEGED : tag;
    }

    private static long permitted(int access) {
        return (long) (access & (Access.READ | Access.WRITE)) << PERMITTED_SHIFT;
    }

    /** The parts of the tag of tables, for people. */
    static List<String> domainAndPasid(long tag) {
        return List.of(Long.toString(tag & DOMAIN), Long.toString((tag & PASID) >>> PASID_SHIFT));
    }
}
