package svasim.check;

import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.pcie.tlp.Tlp.PageRequest;
import svasim.trace.Kind;

/** I-37. A request is taken up in time, and nobody is left to look when the machine is quiet. */
final class QueueIsServed extends Rule {
    private final Probes probes;
    private final Waits<Group> queued;

    private record Group(int requesterId, int index, int pasid) {}

    QueueIsServed(Probes probes, Bounds bounds) {
        super(
                "I-37",
                "While page requests wait in the queue, somebody handles them or an interrupt is on"
                        + " its way, and none waits longer than "
                        + bounds.pageRequest()
                        + ".",
                Kind.PAGE_REQUEST_QUEUED,
                Kind.PAGE_GROUP_STARTED,
                Kind.TLP_SENT);
        this.probes = probes;
        this.queued = new Waits<>(bounds.pageRequest().value());
    }

    @Override
    public void on(Observation seen, Docket docket) {
        queued.overdue(seen.timePs(), group -> late(group, docket));
        if (seen.kind() == Kind.PAGE_GROUP_STARTED) {
            queued.end(new Group((int) seen.b(), (int) seen.c(), (int) seen.a()));
        } else if (seen.subject() instanceof PageGroupResponse response) {
            int pasid = PasidPrefix.number(response.pasid());
            queued.end(new Group(response.destinationId(), response.prgIndex(), pasid));
        } else if (seen.kind() == Kind.PAGE_REQUEST_QUEUED) {
            PageRequest request = (PageRequest) seen.subject();
            if (request.last() && !request.stopMarker()) {
                int pasid = PasidPrefix.number(request.pasid());
                queued.begin(
                        new Group(request.requesterId(), request.prgIndex(), pasid), seen.timePs());
            }
        }
    }

    private void late(Group group, Docket docket) {
        docket.broken(
                this,
                Finding.of("nobody takes up group " + group.index() + " in time")
                        .pasid(group.pasid())
                        .device(group.requesterId()));
    }

    @Override
    public void atEnd(Docket docket) {
        int waiting = probes.pageRequests().waiting();
        if (waiting > 0) {
            docket.broken(this, Finding.of(waiting + " requests are left, and all is quiet"));
        }
    }
}
