package svasim.check;

import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;

/** I-61. */
final class PasidOnlyIfEnabled extends Rule {
    private final Probes probes;

    PasidOnlyIfEnabled(Probes probes) {
        super(
                "I-61",
                "A request with a PASID comes from a function whose PASID is on, and reaches the IOMMU.",
                Kind.TRANSLATION_STARTED,
                Kind.SENT_TO_PEER);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        boolean tagged = seen.a() != PasidPrefix.NONE;
        if (tagged && seen.kind() == Kind.SENT_TO_PEER) {
            docket.broken(this, Finding.of("it went to a peer").pasid(seen.a()).device(seen.c()));
            return;
        }
        if (tagged && !Controls.of(probes, (int) seen.c()).pasid()) {
            docket.broken(this, Finding.of("its PASID is off").pasid(seen.a()).device(seen.c()));
        }
    }
}
