package svasim.check;

import svasim.iommu.core.Explanation;
import svasim.paging.Access;

/** I-03. */
final class CachedPermissions extends CacheComparison {
    CachedPermissions(Probes probes) {
        super(
                "I-03",
                "A cached translation grants no more than the tables, except while it is being"
                        + " invalidated.",
                probes);
    }

    @Override
    String wrong(Explanation now, long output, int permissions) {
        int tooMuch = permissions & ~now.permissions() & (Access.READ | Access.WRITE);
        return now.translated() && tooMuch != 0 ? "has lost permissions" : null;
    }
}
