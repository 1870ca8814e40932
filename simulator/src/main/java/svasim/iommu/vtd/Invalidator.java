package svasim.iommu.vtd;

import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.Surroundings;
import svasim.memory.TaggedCache;
import svasim.trace.Kind;

/**
 * Removes entries from the unit's caches by the granularities of VT-d (reference vtd.md, 6.3 and
 * 8), and knows when requests that may have used them are done.
 */
final class Invalidator {
    private static final int PAGE_SHIFT = 12;
    private static final int EVERYTHING = TaggedCache.EVERYTHING;

    private final Caches caches;
    private final RemappingMode mode;
    private final InquiryPipeline<VtdInquiry> pipeline;
    private final Surroundings around;
    private long drainPoint;

    Invalidator(
            Caches caches,
            RemappingMode mode,
            InquiryPipeline<VtdInquiry> pipeline,
            Surroundings around) {
        this.caches = caches;
        this.mode = mode;
        this.pipeline = pipeline;
        this.around = around;
    }

    /** Whether every request from before the last invalidation has been answered. */
    boolean drained() {
        return pipeline.drained(drainPoint);
    }

    /** What an invalidation that is complete has drained, for {@link #drained(long)}. */
    long drainPoint() {
        return drainPoint;
    }

    /** Whether every request from before an invalidation has been answered. */
    boolean drained(long point) {
        return pipeline.drained(point);
    }

    void everything() {
        done("all", caches.clear());
    }

    void allContexts() {
        done("context", caches.contexts.clear());
    }

    /** Scalable-mode entries have no domain: all of them go. */
    void contextsOfDomain(int domain) {
        boolean scalable = mode.tableMode() == RootTable.SCALABLE;
        done(
                "context",
                scalable
                        ? caches.contexts.clear()
                        : caches.contexts.invalidateWord(
                                0, 0, 1, LegacyContext.domainField(domain), LegacyContext.DOMAIN));
    }

    /**
     * @param ignored requester bits that are not compared
     */
    void contextsOfDevice(int domain, int requesterId, int ignored) {
        long mask = Tags.REQUESTER & ~ignored;
        boolean scalable = mode.tableMode() == RootTable.SCALABLE;
        done(
                "context",
                scalable
                        ? caches.contexts.invalidate(requesterId, mask)
                        : caches.contexts.invalidateWord(
                                requesterId,
                                mask,
                                1,
                                LegacyContext.domainField(domain),
                                LegacyContext.DOMAIN));
    }

    void allPasids() {
        done("pasid", caches.pasids.clear());
    }

    void pasidsOfDomain(int domain) {
        done(
                "pasid",
                caches.pasids.invalidateWord(0, 0, 1, domain, Tags.DOMAIN)
                        + caches.absentPasids(0, 0));
    }

    void pasid(int domain, int pasid) {
        long tag = Tags.pasidEntry(0, pasid);
        done(
                "pasid",
                caches.pasids.invalidateWord(tag, Tags.PASID, 1, domain, Tags.DOMAIN)
                        + caches.absentPasids(tag, Tags.PASID));
    }

    /** Every host permission. */
    void allPermissions() {
        done("permission", caches.removePermissions(Tags.PERMISSION, Tags.KIND));
    }

    void permissionsOfDomain(int domain) {
        done(
                "permission",
                caches.removePermissions(Tags.permission(domain), Tags.KIND | Tags.DOMAIN));
    }

    /** Permissions of 2^pages host pages. */
    void permissionsOfPages(int domain, long address, int pages, boolean leavesOnly) {
        long mask = Tags.KIND | Tags.DOMAIN;
        int shift = PAGE_SHIFT + pages;
        long tag = Tags.permission(domain);
        int removed = caches.iotlb.entries().invalidate(tag, mask, address, shift);
        if (!leavesOnly) {
            removed += caches.secondStructures.invalidate(tag, mask, address, shift);
        }
        done("permission", removed);
    }

    void allTranslations() {
        done(
                "iotlb",
                caches.iotlb.entries().clear()
                        + caches.firstStructures.clear()
                        + caches.secondStructures.clear());
    }

    void translationsOfDomain(int domain) {
        done(
                "iotlb",
                caches.iotlb.entries().invalidate(domain, Tags.DOMAIN)
                        + caches.firstStructures.invalidate(domain, Tags.DOMAIN)
                        + caches.secondStructures.invalidate(domain, Tags.DOMAIN));
    }

    /**
     * Second-stage translations of 2^pages pages; nested ones of the domain go whatever their
     * address, because they are not tagged with the second stage's input.
     */
    void secondStagePages(int domain, long address, int pages, boolean leavesOnly) {
        done("iotlb", removeSecondStage(domain, address, pages, leavesOnly));
    }

    private int removeSecondStage(int domain, long address, int pages, boolean leavesOnly) {
        TaggedCache iotlb = caches.iotlb.entries();
        int shift = PAGE_SHIFT + pages;
        int removed =
                iotlb.invalidate(domain | Tags.SECOND, Tags.DOMAIN | Tags.KIND, address, shift)
                        + iotlb.invalidate(domain | Tags.NESTED, Tags.DOMAIN | Tags.KIND);
        if (!leavesOnly) {
            removed += caches.secondStructures.invalidate(domain, Tags.DOMAIN, address, shift);
        }
        return removed;
    }

    /** Everything of one PASID but its second-stage structures. */
    void translationsOfPasid(int domain, int pasid) {
        long tag = Tags.space(domain, pasid);
        long mask = Tags.DOMAIN | Tags.PASID;
        done(
                "iotlb",
                caches.iotlb.entries().invalidate(tag, mask)
                        + caches.firstStructures.invalidate(tag, mask));
    }

    /** First-stage and nested translations of 2^pages pages. */
    void firstStagePages(int domain, int pasid, long address, int pages, boolean leavesOnly) {
        done("iotlb", removeFirstStage(domain, pasid, address, pages, leavesOnly));
    }

    private int removeFirstStage(
            int domain, int pasid, long address, int pages, boolean leavesOnly) {
        long tag = Tags.space(domain, pasid);
        long mask = Tags.DOMAIN | Tags.PASID;
        int shift = Math.min(PAGE_SHIFT + pages, EVERYTHING);
        TaggedCache iotlb = caches.iotlb.entries();
        int removed =
                iotlb.invalidate(tag | Tags.FIRST, mask | Tags.KIND, address, shift)
                        + iotlb.invalidate(tag | Tags.NESTED, mask | Tags.KIND, address, shift);
        if (!leavesOnly) {
            removed += caches.firstStructures.invalidate(tag, mask, address, shift);
        }
        return removed;
    }

    /**
     * What a page request removes before it is queued, because the entry of its page may lack a
     * permission that the tables grant by now (7.2). Nothing has to be drained for that.
     */
    void pageOf(VtdInquiry request) {
        Configuration configuration = request.configuration();
        int domain = configuration.domain();
        if (configuration.first() != null) {
            removeFirstStage(domain, configuration.pasid(), request.address(), 0, false);
        } else {
            removeSecondStage(domain, request.address(), 0, false);
        }
    }

    private void done(String cache, int entries) {
        drainPoint = pipeline.drainPoint();
        around.trace().tell(Kind.CACHE_INVALIDATED, around.lane(), entries, 0, 0, cache);
    }
}
