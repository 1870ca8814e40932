package svasim.check;

import java.util.HashSet;
import java.util.Set;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;

/** I-61. What a function has sent before a reset is still on its way after it. */
final class PasidOnlyIfEnabled extends Rule {
    private final Probes probes;
    private final Set<Integer> reset = new HashSet<>();

    PasidOnlyIfEnabled(Probes probes) {
        super(
                "I-61",
                "A request with a PASID comes from a function whose PASID is on, and reaches the IOMMU.",
                Kind.FUNCTION_RESET,
                Kind.CONFIG_WRITTEN,
                Kind.TRANSLATION_STARTED,
                Kind.SENT_TO_PEER);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case FUNCTION_RESET -> reset.add((int) seen.a());
            case CONFIG_WRITTEN -> written((int) seen.a());
            default -> check(seen, docket);
        }
    }

    private void written(int requesterId) {
        if (Controls.of(probes, requesterId).pasid()) {
            reset.remove(requesterId);
        }
    }

    private void check(Observation seen, Docket docket) {
        boolean tagged = seen.a() != PasidPrefix.NONE;
        if (tagged && seen.kind() == Kind.SENT_TO_PEER) {
            docket.broken(this, Finding.of("it went to a peer").pasid(seen.a()).device(seen.c()));
            return;
        }
        boolean late = reset.contains((int) seen.c());
        if (tagged && !late && !Controls.of(probes, (int) seen.c()).pasid()) {
            docket.broken(this, Finding.of("its PASID is off").pasid(seen.a()).device(seen.c()));
        }
    }
}
