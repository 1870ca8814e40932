package svasim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.pcie.tlp.Tlp.PageRequest;
import svasim.trace.Kind;

/**
 * I-36. A unit that lost requests takes some again, or nobody asks any more; and no request of a
 * group is kept that has been answered or may never be complete.
 */
final class LoggingResumes extends Rule {
    private final Probes probes;

    /** Groups of which a request was lost and that were not answered, oldest first. */
    private final Set<Group> lost = new LinkedHashSet<>();

    /** Pages that were asked for in each group that was not answered. */
    private final Map<Index, Set<Long>> asked = new HashMap<>();

    private boolean overflowed;

    private record Index(long requesterId, long index) {}

    private record Group(int requesterId, int index, int pasid) {}

    LoggingResumes(Probes probes) {
        super(
                "I-36",
                "After an overflow page requests are taken again, none that was lost stays without"
                        + " an answer, and none is kept of a group that is over.",
                Kind.PAGE_REQUEST_LOST,
                Kind.PAGE_REQUESTS_RESUMED,
                Kind.PAGE_GROUP_TAKEN,
                Kind.TLP_SENT);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case PAGE_REQUEST_LOST -> lost((PageRequest) seen.subject());
            case PAGE_REQUESTS_RESUMED -> resumed(seen, docket);
            case PAGE_GROUP_TAKEN -> taken(seen, docket);
            default -> {
                if (!seen.isForwarded()) {
                    sent(seen.subject());
                }
            }
        }
    }

    private void lost(PageRequest request) {
        overflowed = true;
        int pasid = PasidPrefix.number(request.pasid());
        if (request.last()) {
            lost.add(new Group(request.requesterId(), request.prgIndex(), pasid));
        }
    }

    private void resumed(Observation seen, Docket docket) {
        if (seen.a() > 0) {
            docket.broken(this, Finding.of(seen.a() + " requests of incomplete groups are kept"));
        }
        if (seen.b() > 0) {
            docket.broken(this, Finding.of("an overflow is acknowledged with requests unread"));
        }
    }

    private void sent(Object tlp) {
        if (tlp instanceof PageRequest request && !request.stopMarker()) {
            asked.computeIfAbsent(
                            new Index(request.requesterId(), request.prgIndex()),
                            index -> new HashSet<>())
                    .add(request.pageAddress());
        } else if (tlp instanceof PageGroupResponse response) {
            asked.remove(new Index(response.destinationId(), response.prgIndex()));
            lost.removeIf(
                    group ->
                            group.requesterId() == response.destinationId()
                                    && group.index() == response.prgIndex());
        }
    }

    /** Stalled requests, which come without any TLP, are groups of one. */
    private void taken(Observation seen, Docket docket) {
        Set<Long> pages = asked.get(new Index(seen.b(), seen.c()));
        if (pages == null || !(seen.subject() instanceof List<?> addresses)) {
            return;
        }
        for (Object address : addresses) {
            if (!pages.contains(address)) {
                docket.broken(
                        this,
                        Finding.of("group " + seen.c() + " has a page of an earlier one")
                                .pasid(seen.a())
                                .device(seen.b()));
            }
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
