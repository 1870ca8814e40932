package svasim.iommu.vtd;

import java.util.List;
import svasim.iommu.core.CacheView;

/** Tags of the caches (reference vtd.md, 8), packed for {@link svasim.memory.TaggedCache}. */
final class Tags {
    static final long DOMAIN = 0xFFFF;
    static final long PASID = 0xFFFFFL << 16;
    static final long KIND = 3L << 36;
    static final long REQUESTER = 0xFFFF;

    // Kinds of translations; a page-selective invalidation reaches only some of them.
    static final long FIRST = 0;
    static final long NESTED = 1L << 36;
    static final long SECOND = 2L << 36;
    static final long PERMISSION = 3L << 36;

    private static final int PASID_SHIFT = 16;
    private static final long PRIVILEGED = 1L << 38;
    private static final long SCALABLE = 1L << 16;

    private Tags() {}

    /** Domain and PASID: first-stage structures, and the common part of translations. */
    static long space(int domain, int pasid) {
        return domain | (long) pasid << PASID_SHIFT;
    }

    /**
     * A finished translation; permissions of the first stage are those of one privilege.
     *
     * @param kind {@link #FIRST}, {@link #NESTED} or {@link #SECOND}
     */
    static long translation(int domain, int pasid, long kind, boolean privileged) {
        boolean matters = privileged && kind != SECOND;
        return space(domain, pasid) | kind | (matters ? PRIVILEGED : 0);
    }

    /** Host permissions and the tables that hold them. */
    static long permission(int domain) {
        return domain | PERMISSION;
    }

    /** Second-stage structures. */
    static long domain(int domain) {
        return domain;
    }

    static long context(int requesterId, boolean scalable) {
        return requesterId | (scalable ? SCALABLE : 0);
    }

    static long pasidEntry(int requesterId, int pasid) {
        return requesterId | (long) pasid << PASID_SHIFT;
    }

    /** The function of the tag of a context or a PASID entry, for people. */
    static List<String> function(long tag) {
        return List.of(CacheView.function(tag & REQUESTER));
    }

    /** The parts of the tag of a PASID entry, for people. */
    static List<String> functionAndPasid(long tag) {
        return List.of(
                CacheView.function(tag & REQUESTER), Long.toString((tag & PASID) >>> PASID_SHIFT));
    }

    /** The parts of the tag of structures, for people. */
    static List<String> domainAndPasid(long tag) {
        return List.of(Long.toString(tag & DOMAIN), Long.toString((tag & PASID) >>> PASID_SHIFT));
    }
}
