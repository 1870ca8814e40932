package svasim.os.iommu;

import svasim.memory.Frames;
import svasim.os.procedure.Call;

/**
 * A domain and how those are told who have cached of it.
 *
 * @param toldOfNew whether they have to be told of new entries, too
 */
record DomainAccess(DmaDomain domain, UnitSite site, boolean toldOfNew, Invalidation invalidation) {
    /** Removes a range from the caches of the unit and of the devices. */
    @FunctionalInterface
    interface Invalidation {
        /**
         * @param end first address behind the range
         */
        Call<?> of(long start, long end);
    }

    Frames frames() {
        return site.frames();
    }

    /** Removes what a buffer has been mapped as. */
    Call<?> invalidate(DmaBuffer buffer) {
        return invalidation.of(buffer.iova(), buffer.iova() + buffer.bytes());
    }
}
