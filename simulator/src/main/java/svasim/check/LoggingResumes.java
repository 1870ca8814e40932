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

    /** What was asked for with each index, until all of it is answered. */
    private final Map<Index, Asked> asked = new HashMap<>();

    private boolean overflowed;

    private record Index(long requesterId, long index) {}

    /** Pages of the groups with one index, several if the function reuses it too early. */
    private static final class Asked {
        private final Set<Long> pages = new HashSet<>();
        private int complete;

        void add(PageRequest request) {
            pages.add(request.pageAddress());
            complete += request.last() ? 1 : 0;
        }

        /** Returns null once nothing is open any more. */
        Asked answered() {
            complete--;
            return complete > 0 ? this : null;
        }
    }

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
                            index -> new Asked())
                    .add(request);
        } else if (tlp instanceof PageGroupResponse response) {
            asked.computeIfPresent(
                    new Index(response.destinationId(), response.prgIndex()),
                    (index, open) -> open.answered());
            lost.removeIf(
                    group ->
                            group.requesterId() == response.destinationId()
                                    && group.index() == response.prgIndex());
        }
    }

    /** Stalled requests, which come without any TLP, are groups of one. */
    private void taken(Observation seen, Docket docket) {
        Asked open = asked.get(new Index(seen.b(), seen.c()));
        if (open == null || !(seen.subject() instanceof List<?> addresses)) {
            return;
        }
        for (Object address : addresses) {
            if (!open.pages.contains(address)) {
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
