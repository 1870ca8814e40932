package svasim.iommu.core;

/** Runs walks over simulated time. */
final class WalkEngine {
    WalkEngine(WalkConfig config, Surroundings surroundings) {}
}
