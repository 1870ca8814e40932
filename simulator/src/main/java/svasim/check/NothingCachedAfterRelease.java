package svasim.check;

import java.util.HashSet;
import java.util.Set;
import svasim.trace.Kind;

/**
 * I-07. Looks when the end of an address space says that a device is cut off, and once more when
 * its driver comes to unbind.
 */
final class NothingCachedAfterRelease extends Rule {
    private final Probes probes;
    private final Set<Long> exiting = new HashSet<>();

    /** Those that the end of their address space has cut, until they are unbound. */
    private final Set<Bond> cut = new HashSet<>();

    private record Bond(long pasid, long requesterId, long mm) {}

    NothingCachedAfterRelease(Probes probes) {
        super(
                "I-07",
                "When an address space has let a device go, no entry translates its PASID and no"
                        + " cache of the device does.",
                Kind.MM_EXITING,
                Kind.CUT,
                Kind.UNBINDING);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.MM_EXITING) {
            exiting.add(seen.a());
            return;
        }
        Bond bond = new Bond(seen.a(), seen.b(), seen.c());
        boolean atEnd = seen.kind() == Kind.CUT && exiting.contains(seen.c()) && cut.add(bond);
        boolean afterwards = seen.kind() == Kind.UNBINDING && cut.remove(bond);
        if (atEnd || afterwards) {
            check(bond, docket);
        }
    }

    /** Without PASIDs the function may be given back to the DMA API, which has other tables. */
    private void check(Bond bond, Docket docket) {
        int pasid = (int) bond.pasid();
        int requesterId = (int) bond.requesterId();
        if (probes.rootOf(requesterId, pasid) == probes.rootOfMm((int) bond.mm())) {
            docket.broken(
                    this,
                    Finding.of("the entry still translates").pasid(pasid).device(requesterId));
        }
        probes.visitTranslations(
                (filledBy, cached, iova, pageShift, output, permissions) -> {
                    if (cached == pasid && filledBy == requesterId) {
                        docket.broken(
                                this,
                                Finding.of("a cache still translates 0x" + Long.toHexString(iova))
                                        .pasid(pasid)
                                        .frame(output)
                                        .device(requesterId));
                    }
                });
    }
}
