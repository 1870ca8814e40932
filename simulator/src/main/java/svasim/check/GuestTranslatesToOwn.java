package svasim.check;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.trace.Kind;

/**
 * I-73. Follows the tables by which virtual cores translate PASIDs, and looks at each descriptor
 * that leaves one.
 */
final class GuestTranslatesToOwn extends Rule {
    private final GuestNumbers numbers = new GuestNumbers();

    /** Host PASID, by machine and guest PASID. */
    private final Map<Entry, Long> entries = new LinkedHashMap<>();

    private record Entry(long machine, long guest) {}

    GuestTranslatesToOwn() {
        super(
                "I-73",
                "A guest's PASIDs are translated to numbers of that guest only.",
                Kind.GUEST_PASID,
                Kind.PASID_FREE_PENDING,
                Kind.PASID_FREED,
                Kind.GUEST_PASID_MAPPED,
                Kind.GUEST_PASID_UNMAPPED,
                Kind.GUEST_ENQUEUED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case GUEST_PASID_MAPPED -> {
                entries.put(new Entry(seen.c(), seen.a()), seen.b());
                check("translated from now on", seen, docket);
            }
            case GUEST_PASID_UNMAPPED -> entries.remove(new Entry(seen.c(), seen.a()));
            case GUEST_ENQUEUED -> check("sent", seen, docket);
            default -> {
                if (seen.kind() == Kind.PASID_FREED) {
                    checkFreed(seen.a(), docket);
                }
                numbers.on(seen);
            }
        }
    }

    private void check(String what, Observation seen, Docket docket) {
        String obstacle = numbers.obstacle(seen.b(), seen.c());
        if (obstacle == null && numbers.isPending(seen.b())) {
            obstacle = "it is given up";
        }
        if (obstacle != null) {
            docket.broken(
                    this,
                    Finding.of(
                                    what
                                            + " by virtual machine "
                                            + seen.c()
                                            + " for "
                                            + seen.a()
                                            + ": "
                                            + obstacle)
                            .pasid(seen.b()));
        }
    }

    /** Nobody may be able to send a number that somebody else can get. */
    private void checkFreed(long pasid, Docket docket) {
        entries.forEach(
                (entry, host) -> {
                    if (host == pasid) {
                        docket.broken(
                                this,
                                Finding.of(
                                                "freed, and virtual machine "
                                                        + entry.machine()
                                                        + " still translates "
                                                        + entry.guest()
                                                        + " to it")
                                        .pasid(pasid));
                    }
                });
    }
}
