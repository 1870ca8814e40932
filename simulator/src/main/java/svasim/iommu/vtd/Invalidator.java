package svasim.iommu.vtd;

import svasim.iommu.core.Block;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.Forwarding.Scope;
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
    private static final int ALL = Forwarding.ALL;
    private static final int FUNCTIONS = 8;

    private final Caches caches;
    private final RemappingMode mode;
    private final InquiryPipeline<VtdInquiry> pipeline;
    private final Surroundings around;
    private final Forwarding forwarding;
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
        this.forwarding = around.forwarding();
    }

    /** As {@link #drained(long)}, of the last invalidation. */
    boolean drained() {
        return drained(drainPoint);
    }

    /** What an invalidation that is complete has drained, for {@link #drained(long)}. */
    long drainPoint() {
        return drainPoint;
    }

    /**
     * Whether every request from before an invalidation has been answered, and whoever emulates the
     * unit has done what follows from it.
     */
    boolean drained(long point) {
        return pipeline.drained(point) && forwarding.idle();
    }

    void everything() {
        done("all", caches.clear());
        forwarding.entries(ALL, ALL);
        forwarding.translations(Scope.EVERYTHING);
    }

    void allContexts() {
        done("context", caches.contexts.clear());
        forwarding.entries(ALL, ALL);
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
        forwarding.entries(ALL, ALL);
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
        tellFunctions(requesterId & ~ignored, ignored);
    }

    private void tellFunctions(int first, int ignored) {
        for (int function = 0; function < FUNCTIONS; function++) {
            if ((function & ~ignored) == 0) {
                forwarding.entries(first | function, ALL);
            }
        }
    }

    /** Translation was switched on or off: the entries have an effect, or lose it. */
    void switched() {
        forwarding.entries(ALL, ALL);
    }

    void allPasids() {
        done("pasid", caches.pasids.clear());
        forwarding.entries(ALL, ALL);
    }

    void pasidsOfDomain(int domain) {
        done(
                "pasid",
                caches.pasids.invalidateWord(0, 0, 1, domain, Tags.DOMAIN)
                        + caches.absentPasids(0, 0));
        forwarding.entries(ALL, ALL);
    }

    void pasid(int domain, int pasid) {
        long tag = Tags.pasidEntry(0, pasid);
        done(
                "pasid",
                caches.pasids.invalidateWord(tag, Tags.PASID, 1, domain, Tags.DOMAIN)
                        + caches.absentPasids(tag, Tags.PASID));
        forwarding.entries(ALL, pasid);
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
        forwarding.translations(Scope.EVERYTHING);
    }

    void translationsOfDomain(int domain) {
        done(
                "iotlb",
                caches.iotlb.entries().invalidate(domain, Tags.DOMAIN)
                        + caches.firstStructures.invalidate(domain, Tags.DOMAIN)
                        + caches.secondStructures.invalidate(domain, Tags.DOMAIN));
        forwarding.translations(Scope.of(domain, ALL));
    }

    /**
     * Second-stage translations of 2^pages pages; nested ones of the domain go whatever their
     * address, because they are not tagged with the second stage's input.
     */
    void secondStagePages(int domain, long address, int pages, boolean leavesOnly) {
        done("iotlb", removeSecondStage(domain, address, pages, leavesOnly));
        forwarding.translations(Scope.of(domain, ALL, Block.ofOrder(address, pages), leavesOnly));
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
        forwarding.translations(Scope.of(domain, pasid));
    }

    /** First-stage and nested translations of 2^pages pages. */
    void firstStagePages(int domain, int pasid, long address, int pages, boolean leavesOnly) {
        done("iotlb", removeFirstStage(domain, pasid, address, pages, leavesOnly));
        forwarding.translations(Scope.of(domain, pasid, Block.ofOrder(address, pages), leavesOnly));
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
