package svasim.check;

import java.util.LinkedHashSet;
import java.util.Set;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.pcie.tlp.Tlp.PageRequest;
import svasim.trace.Kind;

/** I-36. A unit that lost requests takes some again, or nobody asks any more. */
final class LoggingResumes extends Rule {
    private final Probes probes;

    /** Groups of which a request was lost and that were not answered, oldest first. */
    private final Set<Group> lost = new LinkedHashSet<>();

    private boolean overflowed;

    private record Group(int requesterId, int index, int pasid) {}

    LoggingResumes(Probes probes) {
        super(
                "I-36",
                "After an overflow page requests are taken again, and none that was lost stays"
                        + " without an answer.",
                Kind.PAGE_REQUEST_LOST,
                Kind.TLP_SENT);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.PAGE_REQUEST_LOST) {
            overflowed = true;
            PageRequest request = (PageRequest) seen.subject();
            int pasid = PasidPrefix.number(request.pasid());
            if (request.last()) {
                lost.add(new Group(request.requesterId(), request.prgIndex(), pasid));
            }
        } else if (!lost.isEmpty() && seen.subject() instanceof PageGroupResponse response) {
            lost.removeIf(
                    group ->
                            group.requesterId() == response.destinationId()
                                    && group.index() == response.prgIndex());
        }
    }

    @Override
    public void atEnd(Docket docket) {
        for (Group group : lost) {
            docket.broken(
                    this,
                    Finding.of("group " + group.index() + " was lost")
                            .pasid(group.pasid())
                            .device(group.requesterId()));
        }
        if (overflowed && probes.pageRequests().stopped()) {
            docket.broken(this, Finding.of("the unit still takes no page requests"));
        }
    }
}
