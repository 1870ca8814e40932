package svasim.iommu.smmuv2;

/**
 * Everything that a transaction asks.
 *
 * @param caches absent for look-ups without side effects
 * @param waits whether transactions wait while one of their bank is stalled
 */
record Lookups(
        GlobalControl control,
        StreamMapping streams,
        Contexts contexts,
        Caches caches,
        boolean waits) {}
