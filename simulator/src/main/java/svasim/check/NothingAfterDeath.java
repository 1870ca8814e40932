package svasim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.pcie.tlp.Tlp.PageRequest;
import svasim.trace.Kind;

/**
 * I-35. From the cut to the next bind of the same device and number. A request that finds no room
 * is answered by the unit, which has not looked whose it is: that success promises nothing.
 */
final class NothingAfterDeath extends Rule {
    /** Bonds that were cut, and the mm of each. */
    private final Map<Bond, Long> cut = new HashMap<>();

    /** Groups that were asked for after the cut. */
    private final Set<Group> late = new HashSet<>();

    private record Bond(long pasid, long requesterId) {}

    private record Group(int requesterId, int index, long pasid) {}

    NothingAfterDeath() {
        super(
                "I-35",
                "After the cut nothing with the PASID is translated, and no page request that the"
                        + " device sends then succeeds, but for one that has found no room.",
                Kind.CUT,
                Kind.BOUND,
                Kind.TRANSLATED,
                Kind.PAGE_REQUEST_LOST,
                Kind.TLP_SENT);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case CUT -> cut.put(new Bond(seen.a(), seen.b()), seen.c());
            case BOUND -> bound(new Bond(seen.a(), seen.b()), seen.c());
            case TRANSLATED -> translated(seen, docket);
            case PAGE_REQUEST_LOST -> late.remove(group((PageRequest) seen.subject()));
            default -> {
                if (!seen.isForwarded()) {
                    sent(seen.subject(), docket);
                }
            }
        }
    }

    /** Who is bound again may have what it asked for in between. */
    private void bound(Bond bond, long mm) {
        Long before = cut.remove(bond);
        if (before != null && before == mm) {
            late.removeIf(
                    group ->
                            group.requesterId() == bond.requesterId()
                                    && group.pasid() == bond.pasid());
        }
    }

    private void translated(Observation seen, Docket docket) {
        if (cut.isEmpty() || seen.bringsTranslation()) {
            return;
        }
        int requesterId = ((Tlp) seen.subject()).senderId();
        if (cut.containsKey(new Bond(seen.a(), requesterId))) {
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
            Group group = group(request);
            if (cut.containsKey(new Bond(group.pasid(), request.requesterId()))) {
                late.add(group);
            }
        } else if (tlp instanceof PageGroupResponse response) {
            answered(response, docket);
        }
    }

    private static Group group(PageRequest request) {
        return new Group(
                request.requesterId(), request.prgIndex(), PasidPrefix.number(request.pasid()));
    }

    private void answered(PageGroupResponse response, Docket docket) {
        int requesterId = response.destinationId();
        int index = response.prgIndex();
        boolean wasLate = late.removeIf(g -> g.requesterId() == requesterId && g.index() == index);
        if (wasLate && response.code() == PageGroupResponse.SUCCESS) {
            docket.broken(
                    this,
                    Finding.of("group " + index + " of a dead PASID succeeds")
                            .pasid(PasidPrefix.number(response.pasid()))
                            .device(requesterId));
        }
    }
}
