package svasim.check;

import java.util.HashSet;
import java.util.Set;
import svasim.pcie.tlp.Tlp.InvalidateRequest;
import svasim.trace.Kind;

/**
 * I-54. Before ATS is switched on a driver may have the device forget what it might still hold, as
 * that of the SMMU does.
 */
final class InvalidationReachesDevice extends Rule {
    private final Probes probes;

    /** Functions whose ATS has been on. */
    private final Set<Integer> wereOn = new HashSet<>();

    InvalidationReachesDevice(Probes probes) {
        super(
                "I-54",
                "No invalidation is sent to a function whose ATS was switched off.",
                Kind.CONFIG_WRITTEN,
                Kind.INVALIDATION_SENT);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.CONFIG_WRITTEN) {
            if (Controls.of(probes, (int) seen.a()).ats()) {
                wereOn.add((int) seen.a());
            }
            return;
        }
        int requesterId = ((InvalidateRequest) seen.subject()).destinationId();
        if (wereOn.contains(requesterId) && !Controls.of(probes, requesterId).ats()) {
            docket.broken(this, Finding.of("its ATS is off").pasid(seen.a()).device(requesterId));
        }
    }
}
