package svasim.check;

import java.util.Set;
import java.util.TreeSet;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/**
 * I-72. A function has the PASIDs that binds have given it, whatever its tables say. A request that
 * brings its translation needs none, so that a PASID in front of it selects nothing. A function of
 * a virtual machine has all of them, which the machine's own checker holds against its own binds.
 */
final class UnboundPasidHasNoEffect extends Rule {
    private static final int REQUESTER_BITS = 16;
    private static final int GIVEN = 1;

    /** What was given to whom. */
    private final LongIntTable known = new LongIntTable();

    private final Set<Long> ofGuests = new TreeSet<>();

    UnboundPasidHasNoEffect() {
        super(
                "I-72",
                "Nothing is translated for a PASID that was never given to the device.",
                Kind.TRANSLATED,
                Kind.TARGET_ADDED,
                Kind.DEVICE_ASSIGNED,
                Kind.DEVICE_UNASSIGNED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.TARGET_ADDED) {
            known.put(bond(seen.a(), seen.b()), GIVEN);
        } else if (seen.kind() == Kind.DEVICE_ASSIGNED) {
            ofGuests.add(seen.a());
        } else if (seen.kind() == Kind.DEVICE_UNASSIGNED) {
            ofGuests.remove(seen.a());
        } else if (seen.a() != PasidPrefix.NONE && !seen.bringsTranslation()) {
            translated(seen, docket);
        }
    }

    private void translated(Observation seen, Docket docket) {
        int requesterId = ((Tlp) seen.subject()).senderId();
        boolean given = known.get(bond(seen.a(), requesterId), 0) == GIVEN;
        if (!given && !ofGuests.contains((long) requesterId)) {
            docket.broken(
                    this,
                    Finding.of("0x" + Long.toHexString(seen.b()) + " is translated")
                            .pasid(seen.a())
                            .frame(seen.c())
                            .device(requesterId));
        }
    }

    private static long bond(long pasid, long requesterId) {
        return pasid << REQUESTER_BITS | requesterId;
    }
}
