package svasim.check;

import svasim.iommu.core.CachedTranslationVisitor;
import svasim.iommu.core.Explanation;
import svasim.paging.Access;
import svasim.trace.Kind;

/**
 * Holds each cached translation against the tables as they are: those of a range when the software
 * that changed a table says that its invalidation is complete, those of an address space before it
 * begins to end, all of them when the machine is quiet at the end.
 */
abstract class CacheComparison extends Rule {
    private final Probes probes;

    CacheComparison(String id, String statement, Probes probes) {
        super(id, statement, Kind.RANGE_INVALIDATED, Kind.MM_EXITING);
        this.probes = probes;
    }

    /**
     * @param now what the tables say
     * @param output what the cache says
     * @param permissions that the cache grants
     * @return what is wrong, or null
     */
    abstract String wrong(Explanation now, long output, int permissions);

    @Override
    public void on(Observation seen, Docket docket) {
        long root = probes.rootOfMm((int) seen.a());
        boolean all = seen.kind() == Kind.MM_EXITING;
        CachedTranslationVisitor comparison = comparison(docket);
        probes.visitTranslations(
                (requesterId, pasid, iova, pageShift, output, permissions) -> {
                    boolean meant = all || isIn(seen, iova, pageShift);
                    if (meant && probes.rootOf(requesterId, pasid) == root) {
                        comparison.entry(requesterId, pasid, iova, pageShift, output, permissions);
                    }
                });
    }

    private static boolean isIn(Observation range, long iova, int pageShift) {
        return Long.compareUnsigned(iova, range.c()) < 0
                && Long.compareUnsigned(iova + (1L << pageShift) - 1, range.b()) >= 0;
    }

    @Override
    public void atEnd(Docket docket) {
        probes.visitTranslations(comparison(docket));
    }

    private CachedTranslationVisitor comparison(Docket docket) {
        return (requesterId, pasid, iova, pageShift, output, permissions) -> {
            Explanation now = probes.explain(requesterId, pasid, iova, Access.READ);
            String wrong = wrong(now, output, permissions);
            if (wrong != null) {
                String what = "a cache still translates 0x" + Long.toHexString(iova) + ", which ";
                docket.broken(
                        this,
                        Finding.of(what + wrong).pasid(pasid).frame(output).device(requesterId));
            }
        };
    }
}
