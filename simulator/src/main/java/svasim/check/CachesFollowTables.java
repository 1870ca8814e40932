package svasim.check;

import svasim.iommu.core.Explanation;

/** I-02. */
final class CachesFollowTables extends CacheComparison {
    CachesFollowTables(Probes probes) {
        super(
                "I-02",
                "A cached translation agrees with the tables, except while it is being invalidated.",
                probes);
    }

    @Override
    String wrong(Explanation now, long output, int permissions) {
        if (!now.translated()) {
            return "is not mapped any more";
        }
        return now.address() == output ? null : "is mapped elsewhere now";
    }
}
