package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.pcie.tlp.Tlp.InvalidateRequest;
import svasim.trace.Kind;

/**
 * I-50, as far as it shows outside of the unit: after the device was told to forget a PASID it gets
 * nothing new, the drain comes behind that, and the number goes last.
 */
final class TeardownInOrder extends Rule {
    /** From here on the address of an Invalidate Request stands for a range of all. */
    private static final long EVERYTHING = 0x7FFF_FFFF_FFFF_F000L;

    private final Probes probes;
    private final Map<Bond, Progress> bonds = new HashMap<>();

    private record Bond(long pasid, long requesterId) {}

    private static final class Progress {
        /** The device was given translations since it was told to forget everything. */
        private boolean cached;

        private boolean cut;
        private final long mm;

        Progress(long mm) {
            this.mm = mm;
        }
    }

    TeardownInOrder(Probes probes) {
        super(
                "I-50",
                "An entry is cleared before the caches are flushed, they before the drain, and all"
                        + " before the number is free.",
                Kind.BOUND,
                Kind.ATC_FILLED,
                Kind.ATC_INVALIDATED,
                Kind.CUT,
                Kind.DRAINED,
                Kind.UNBOUND,
                Kind.PASID_FREED);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        Bond bond = new Bond(seen.a(), seen.b());
        switch (seen.kind()) {
            case BOUND -> bonds.put(bond, new Progress(seen.c()));
            case ATC_FILLED -> filled(seen.a());
            case ATC_INVALIDATED -> flushed((InvalidateRequest) seen.subject(), seen.a());
            case CUT -> cut(bond, docket);
            case DRAINED -> require(isCut(bond), bond, "drained before its entry is cut", docket);
            case UNBOUND -> {
                require(isCut(bond), bond, "unbound before its entry is cut", docket);
                bonds.remove(bond);
            }
            default -> freed(seen.a(), seen.b(), docket);
        }
    }

    /** Which of the devices it was does not matter: each is told to forget everything. */
    private void filled(long pasid) {
        bonds.forEach((bond, progress) -> progress.cached |= bond.pasid() == pasid);
    }

    private void flushed(InvalidateRequest request, long pasid) {
        Bond bond = new Bond(pasid, request.destinationId());
        Progress progress = bonds.get(bond);
        if (progress != null && Long.compareUnsigned(request.address(), EVERYTHING) >= 0) {
            progress.cached = false;
        }
    }

    private void cut(Bond bond, Docket docket) {
        Progress progress = bonds.get(bond);
        if (progress != null) {
            progress.cut = true;
            boolean flushed =
                    !progress.cached || !Controls.of(probes, (int) bond.requesterId()).ats();
            require(flushed, bond, "the device has got translations behind its flush", docket);
        }
    }

    private boolean isCut(Bond bond) {
        return !bonds.containsKey(bond) || bonds.get(bond).cut;
    }

    private void freed(long pasid, long mm, Docket docket) {
        bonds.forEach(
                (bond, progress) -> {
                    boolean other = bond.pasid() != pasid || progress.mm != mm;
                    require(other, bond, "its number is free, and it is still bound", docket);
                });
    }

    private void require(boolean good, Bond bond, String wrong, Docket docket) {
        if (!good) {
            docket.broken(this, Finding.of(wrong).pasid(bond.pasid()).device(bond.requesterId()));
        }
    }
}
