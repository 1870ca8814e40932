package svasim.check;

import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;

/** I-12. */
final class PasidWithinWidth extends Rule {
    private final Probes probes;

    PasidWithinWidth(Probes probes) {
        super("I-12", "A PASID is above 0 and fits each device that it is bound to.", Kind.BOUND);
        this.probes = probes;
    }

    @Override
    public void on(Observation bound, Docket docket) {
        if (bound.a() == PasidPrefix.NONE) {
            return;
        }
        Controls controls = Controls.of(probes, (int) bound.b());
        if (bound.a() <= 0 || bound.a() >= controls.pasids()) {
            docket.broken(
                    this,
                    Finding.of("the device has PASIDs below " + controls.pasids() + " only")
                            .pasid(bound.a())
                            .device(bound.b())
                            .mm(bound.c()));
        }
    }
}
