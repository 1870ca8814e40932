package svasim.check;

import java.util.HashSet;
import java.util.Set;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.pcie.tlp.Tlp.PageRequest;
import svasim.trace.Kind;

/** I-35. From the cut to the next bind of the same device and number. */
final class NothingAfterDeath extends Rule {
    private final Set<Bond> cut = new HashSet<>();

    /** Groups that were asked for after the cut. */
    private final Set<Group> late = new HashSet<>();

    private record Bond(long pasid, long requesterId) {}

    private record Group(int requesterId, int index) {}

    NothingAfterDeath() {
        super(
                "I-35",
                "After the cut nothing with the PASID is translated, and no page request that the"
                        + " device sends then succeeds.",
                Kind.CUT,
                Kind.BOUND,
                Kind.TRANSLATED,
                Kind.TLP_SENT);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case CUT -> cut.add(new Bond(seen.a(), seen.b()));
            case BOUND -> cut.remove(new Bond(seen.a(), seen.b()));
            case TRANSLATED -> translated(seen, docket);
            default -> {
                if (!seen.isForwarded()) {
                    sent(seen.subject(), docket);
                }
            }
        }
    }

    private void translated(Observation seen, Docket docket) {
        if (cut.isEmpty()) {
            return;
        }
        int requesterId = ((Tlp) seen.subject()).senderId();
        if (cut.contains(new Bond(seen.a(), requesterId))) {
            docket.broken(
                    this,
                    Finding.of("0x" + Long.toHexString(seen.b()) + " is translated")
                            .pasid(seen.a())
                            .frame(seen.c())
                            .device(requesterId));
        }
    }

    private void sent(Object tlp, Docket docket) {
        if (tlp instanceof PageRequest request && !request.stopMarker()) {
            long pasid = PasidPrefix.number(request.pasid());
            if (cut.contains(new Bond(pasid, request.requesterId()))) {
                late.add(new Group(request.requesterId(), request.prgIndex()));
            }
        } else if (tlp instanceof PageGroupResponse response) {
            answered(response, docket);
        }
    }

    private void answered(PageGroupResponse response, Docket docket) {
        Group group = new Group(response.destinationId(), response.prgIndex());
        if (late.remove(group) && response.code() == PageGroupResponse.SUCCESS) {
            docket.broken(
                    this,
                    Finding.of("group " + group.index() + " of a dead PASID succeeds")
                            .pasid(PasidPrefix.number(response.pasid()))
                            .device(group.requesterId()));
        }
    }
}
