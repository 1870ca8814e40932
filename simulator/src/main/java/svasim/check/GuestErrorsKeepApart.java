package svasim.check;

import svasim.trace.Kind;

/** I-43. Whatever the host does for a guest, right or wrong, it does to a number of that guest. */
final class GuestErrorsKeepApart extends Rule {
    private final GuestNumbers numbers = new GuestNumbers();

    GuestErrorsKeepApart() {
        super(
                "I-43",
                "Errors of a guest touch the numbers of that guest only.",
                Kind.GUEST_PASID,
                Kind.PASID_FREE_PENDING,
                Kind.PASID_FREED,
                Kind.GUEST_ACTION);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        numbers.on(seen);
        if (seen.kind() != Kind.GUEST_ACTION) {
            return;
        }
        String obstacle = numbers.obstacle(seen.a(), seen.b());
        if (obstacle != null) {
            docket.broken(
                    this,
                    Finding.of(
                                    seen.subject()
                                            + " for virtual machine "
                                            + seen.b()
                                            + ": "
                                            + obstacle)
                            .pasid(seen.a())
                            .device(seen.c()));
        }
    }
}
