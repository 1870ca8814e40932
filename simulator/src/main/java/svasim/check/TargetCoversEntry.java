package svasim.check;

import java.util.HashSet;
import java.util.Set;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;

/** I-53. A device is a target of invalidations from before its entry is there until it is gone. */
final class TargetCoversEntry extends Rule {
    private final Probes probes;
    private final Set<Bond> targets = new HashSet<>();

    private record Bond(long pasid, long requesterId) {}

    TargetCoversEntry(Probes probes) {
        super(
                "I-53",
                "A device gets the invalidations of an address space as long as it has an entry or"
                        + " cached translations of it.",
                Kind.TARGET_ADDED,
                Kind.TARGET_REMOVED,
                Kind.BOUND);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        Bond bond = new Bond(seen.a(), seen.b());
        switch (seen.kind()) {
            case TARGET_ADDED -> {
                targets.add(bond);
                requireNoEntry(seen, "its entry was there before it got invalidations", docket);
            }
            case TARGET_REMOVED -> {
                targets.remove(bond);
                requireNoEntry(seen, "its entry is there without invalidations", docket);
                requireNothingCached(bond, docket);
            }
            default -> {
                if (!targets.contains(bond)) {
                    broken(bond, "bound, and gets no invalidations", docket);
                }
            }
        }
    }

    /** Requests without PASID may have the entry of another address space, of the DMA API. */
    private void requireNoEntry(Observation seen, String wrong, Docket docket) {
        Bond bond = new Bond(seen.a(), seen.b());
        long root = probes.rootOf((int) bond.requesterId(), (int) bond.pasid());
        boolean others =
                bond.pasid() == PasidPrefix.NONE && root != probes.rootOfMm((int) seen.c());
        if (root != Probes.NO_ROOT && !others) {
            broken(bond, wrong, docket);
        }
    }

    private void requireNothingCached(Bond bond, Docket docket) {
        probes.visitTranslations(
                (requesterId, pasid, iova, pageShift, output, permissions) -> {
                    if (requesterId == bond.requesterId() && pasid == bond.pasid()) {
                        broken(bond, "a cache has translations without invalidations", docket);
                    }
                });
    }

    private void broken(Bond bond, String wrong, Docket docket) {
        docket.broken(this, Finding.of(wrong).pasid(bond.pasid()).device(bond.requesterId()));
    }
}
