package svasim.check;

import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;

/** I-61, its first half: routing between peers needs switches. */
final class PasidOnlyIfEnabled extends Rule {
    private final Probes probes;

    PasidOnlyIfEnabled(Probes probes) {
        super(
                "I-61",
                "A request with a PASID that is translated comes from a function whose PASID is on.",
                Kind.TRANSLATION_STARTED);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        boolean tagged = seen.a() != PasidPrefix.NONE;
        if (tagged && !Controls.of(probes, (int) seen.c()).pasid()) {
            docket.broken(this, Finding.of("its PASID is off").pasid(seen.a()).device(seen.c()));
        }
    }
}
