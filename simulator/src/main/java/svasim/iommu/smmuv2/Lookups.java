package svasim.iommu.smmuv2;

import svasim.iommu.core.PagingCaches;

/**
 * Everything that a transaction asks.
 *
 * @param caches absent for look-ups without side effects
 * @param waits whether transactions wait while one of their bank is stalled
 * @param conflicts whether translations that overlap are reported
 */
record Lookups(
        GlobalControl control,
        StreamMapping streams,
        Contexts contexts,
        PagingCaches caches,
        boolean waits,
        boolean conflicts) {}
