package svasim.check;

import svasim.pcie.config.PasidCapability;
import svasim.trace.Kind;

/** I-60. Looks whenever software writes the configuration space of a function. */
final class ControlsInOrder extends Rule {
    private final Probes probes;

    ControlsInOrder(Probes probes) {
        super(
                "I-60",
                "PASID is not switched while ATS is on, and PRI is on only with ATS; with PASID only"
                        + " if responses carry it.",
                Kind.CONFIG_WRITTEN);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        int requesterId = (int) seen.a();
        Controls now = Controls.of(probes, requesterId);
        // PASID Control is the upper half of its four aligned bytes.
        boolean pasid = now.pasidControl() != 0 && seen.b() == (now.pasidControl() & -4);
        int enable = PasidCapability.ENABLE << Short.SIZE;
        if (pasid && now.ats() && ((seen.c() & enable) != 0) != now.pasid()) {
            broken("PASID is switched while ATS is on", requesterId, docket);
        }
        if (now.pri() && !now.ats() && !now.isVirtual()) {
            broken("PRI is on without ATS", requesterId, docket);
        }
        if (now.pri() && now.pasid() && !now.responsesCarryPasid()) {
            broken("PRI is on with PASID, and responses would carry none", requesterId, docket);
        }
    }

    private void broken(String what, int requesterId, Docket docket) {
        docket.broken(this, Finding.of(what).device(requesterId));
    }
}
