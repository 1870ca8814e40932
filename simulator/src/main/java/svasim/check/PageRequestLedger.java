package svasim.check;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.pcie.tlp.Tlp.PageRequest;

/**
 * Page request groups that wait for their response, as the wire shows them. A TLP that is seen at
 * several ports counts once.
 */
final class PageRequestLedger {
    /** What an arriving response means. */
    enum Answer {
        EXPECTED,
        /** No group with this index is open for the function. */
        UNEXPECTED,
        /** The group's last request has not been sent yet. */
        EARLY,
        /** The same TLP at a further port. */
        SEEN_BEFORE
    }

    private final Map<Group, Open> groups = new LinkedHashMap<>();

    /** Open when their function was reset: an answer may still come, or none. */
    private final Set<Group> forgotten = new HashSet<>();

    private PageRequest newestRequest;
    private PageGroupResponse newestResponse;

    private record Group(int requesterId, int index) {}

    /**
     * What is open with one index; a function that reuses it too early has several groups with it.
     *
     * @param complete groups whose last request was sent
     * @param more whether another one has begun
     */
    private record Open(int pasid, int complete, boolean more) {
        static final Open NONE = new Open(PasidPrefix.NONE, 0, false);

        Open with(PageRequest request) {
            return new Open(
                    PasidPrefix.number(request.pasid()),
                    complete + (request.last() ? 1 : 0),
                    !request.last());
        }

        Open answered() {
            return new Open(pasid, complete - 1, more);
        }

        boolean isOver() {
            return complete == 0 && !more;
        }
    }

    void sent(PageRequest request) {
        if (request == newestRequest || request.stopMarker()) {
            return;
        }
        newestRequest = request;
        Group group = new Group(request.requesterId(), request.prgIndex());
        groups.put(group, groups.getOrDefault(group, Open.NONE).with(request));
    }

    Answer sent(PageGroupResponse response) {
        if (response == newestResponse) {
            return Answer.SEEN_BEFORE;
        }
        newestResponse = response;
        Group group = new Group(response.destinationId(), response.prgIndex());
        Open open = groups.remove(group);
        if (open == null) {
            return forgotten.remove(group) ? Answer.EXPECTED : Answer.UNEXPECTED;
        }
        if (open.complete() == 0) {
            return Answer.EARLY;
        }
        Open rest = open.answered();
        if (!rest.isOver()) {
            groups.put(group, rest);
        }
        return Answer.EXPECTED;
    }

    /** A function has forgotten everything. */
    void reset(int requesterId) {
        for (Group group : List.copyOf(groups.keySet())) {
            if (group.requesterId() == requesterId) {
                groups.remove(group);
                forgotten.add(group);
            }
        }
    }

    /** Whether a group of any function is open for the PASID. */
    boolean open(int pasid) {
        return groups.values().stream().anyMatch(open -> open.pasid() == pasid);
    }

    boolean open(int requesterId, int pasid) {
        return groups.entrySet().stream()
                .anyMatch(
                        group ->
                                group.getKey().requesterId() == requesterId
                                        && group.getValue().pasid() == pasid);
    }

    /** Shows the groups whose last request was sent and that were not answered. */
    void forEachUnanswered(Unanswered action) {
        groups.forEach(
                (group, open) -> {
                    if (open.complete() > 0) {
                        action.group(group.requesterId(), group.index(), open.pasid());
                    }
                });
    }

    /** Is shown a group. */
    interface Unanswered {
        void group(int requesterId, int index, int pasid);
    }
}
