package svasim.iommu.amdvi;

/** What commands act on. */
record CommandTargets(
        Invalidator invalidator,
        IotlbInvalidations devices,
        PageRequests pageRequests,
        Prefetches prefetches) {
    /** Whether the effects of all commands so far are complete. */
    boolean quiet() {
        return invalidator.finished() && devices.outstanding() == 0 && prefetches.underWay() == 0;
    }
}
