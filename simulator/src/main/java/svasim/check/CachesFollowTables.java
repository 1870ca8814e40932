package svasim.check;

import java.util.Set;
import svasim.iommu.core.Explanation;
import svasim.paging.Access;
import svasim.trace.Kind;

/**
 * I-02. When the software that changed a table says that the invalidation of a range is complete,
 * and when the machine is quiet at the end, each cached translation is held against the tables as
 * they are.
 */
final class CachesFollowTables implements Invariant {
    private final Probes probes;

    CachesFollowTables(Probes probes) {
        this.probes = probes;
    }

    @Override
    public String id() {
        return "I-02";
    }

    @Override
    public String statement() {
        return "A cached translation agrees with the tables, except while it is being invalidated.";
    }

    @Override
    public Set<Kind> watches() {
        return Set.of(Kind.RANGE_INVALIDATED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        compare(seen.a(), seen.b(), seen.c(), docket);
    }

    @Override
    public void atEnd(Docket docket) {
        probes.visitTranslations(
                (requesterId, pasid, iova, pageShift, output, permissions) ->
                        compareEntry(requesterId, pasid, iova, output, permissions, docket));
    }

    private void compare(long mm, long start, long end, Docket docket) {
        long root = probes.rootOfMm((int) mm);
        probes.visitTranslations(
                (requesterId, pasid, iova, pageShift, output, permissions) -> {
                    boolean inRange =
                            Long.compareUnsigned(iova, end) < 0
                                    && Long.compareUnsigned(iova + (1L << pageShift) - 1, start)
                                            >= 0;
                    if (inRange && probes.rootOf(requesterId, pasid) == root) {
                        compareEntry(requesterId, pasid, iova, output, permissions, docket);
                    }
                });
    }

    private void compareEntry(
            int requesterId, int pasid, long iova, long output, int permissions, Docket docket) {
        Explanation now = probes.explain(requesterId, pasid, iova, Access.READ);
        String wrong = null;
        if (!now.translated()) {
            wrong = "is not mapped any more";
        } else if (now.address() != output) {
            wrong = "is mapped elsewhere now";
        } else if ((permissions & ~now.permissions() & (Access.READ | Access.WRITE)) != 0) {
            wrong = "has lost permissions";
        }
        if (wrong != null) {
            docket.broken(
                    this,
                    Finding.of(
                                    "a cache still translates 0x"
                                            + Long.toHexString(iova)
                                            + ", which "
                                            + wrong)
                            .pasid(pasid)
                            .frame(output)
                            .device(requesterId));
        }
    }
}
