package svasim.iommu.virtio;

import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.Surroundings;
import svasim.memory.TaggedCache;
import svasim.trace.Kind;

/**
 * Removes what is cached of mappings that are no more. The status of the request that removed them
 * has to wait until no access can use them (reference virtio-iommu.md 6).
 */
final class Invalidations {
    private final TaggedCache translations;
    private final InquiryPipeline<EndpointAccess> pipeline;
    private final Surroundings around;
    private long drainPoint;

    Invalidations(
            TaggedCache translations,
            InquiryPipeline<EndpointAccess> pipeline,
            Surroundings around) {
        this.translations = translations;
        this.pipeline = pipeline;
        this.around = around;
    }

    /** Mappings of a range of a domain, both ends included, have gone. */
    void range(int domain, long start, long end) {
        int removed = 0;
        for (int slot = 0; slot < translations.slots(); slot++) {
            if (translations.holds(slot)
                    && translations.tag(slot) == EndpointAccess.tag(domain)
                    && within(translations.base(slot), start, end)) {
                long base = translations.base(slot);
                removed +=
                        translations.invalidate(
                                EndpointAccess.tag(domain),
                                TaggedCache.EXACT,
                                base,
                                translations.shift(slot));
            }
        }
        removed("UNMAP", removed);
    }

    private static boolean within(long address, long start, long end) {
        return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) <= 0;
    }

    /** An endpoint has left a domain. */
    void domain(int domain) {
        removed("DETACH", translations.invalidate(EndpointAccess.tag(domain), TaggedCache.EXACT));
    }

    /** An endpoint that may have bypassed does so no longer. */
    void bypassEnded() {
        removed("ATTACH", 0);
    }

    /** The device was reset. */
    void all() {
        removed("RESET", translations.clear());
    }

    private void removed(String what, int entries) {
        around.trace().tell(Kind.CACHE_INVALIDATED, around.lane(), entries, 0, 0, what);
        drainPoint = pipeline.drainPoint();
    }

    /** Whether nothing under way uses what was removed. */
    boolean finished() {
        return pipeline.drained(drainPoint);
    }
}
