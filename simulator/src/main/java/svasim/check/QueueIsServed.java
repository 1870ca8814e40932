package svasim.check;

/** I-37. Nobody is left to look when the machine is quiet. */
final class QueueIsServed extends Rule {
    private final Probes probes;

    QueueIsServed(Probes probes) {
        super(
                "I-37",
                "While page requests wait in the queue, somebody handles them or an interrupt is on"
                        + " its way.");
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        // Needs no observation.
    }

    @Override
    public void atEnd(Docket docket) {
        int waiting = probes.pageRequests().waiting();
        if (waiting > 0) {
            docket.broken(this, Finding.of(waiting + " requests are left, and all is quiet"));
        }
    }
}
