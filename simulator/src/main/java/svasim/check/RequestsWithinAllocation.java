package svasim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.pcie.tlp.Tlp.PageRequest;
import svasim.trace.Kind;

/** I-32. */
final class RequestsWithinAllocation extends Rule {
    private final Probes probes;

    /** Groups whose last request was sent, by function. */
    private final Map<Integer, Set<Integer>> complete = new HashMap<>();

    /** Requests that wait for an answer, by function. */
    private final Map<Integer, Integer> outstanding = new HashMap<>();

    RequestsWithinAllocation(Probes probes) {
        super(
                "I-32",
                "A function has no more page requests open than it was allocated, and reuses no"
                        + " index before its response.",
                Kind.TLP_SENT);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.isForwarded()) {
            return;
        }
        if (seen.subject() instanceof PageRequest request && !request.stopMarker()) {
            sent(request, docket);
        } else if (seen.subject() instanceof PageGroupResponse response) {
            int requesterId = response.destinationId();
            if (complete(requesterId).remove(response.prgIndex())) {
                outstanding.put(requesterId, complete(requesterId).size());
            }
        }
    }

    private Set<Integer> complete(int requesterId) {
        return complete.computeIfAbsent(requesterId, r -> new HashSet<>());
    }

    private void sent(PageRequest request, Docket docket) {
        int requesterId = request.requesterId();
        boolean reused = complete(requesterId).contains(request.prgIndex());
        if (reused) {
            broken("index " + request.prgIndex() + " is used again", requesterId, docket);
        }
        int now = outstanding.merge(requesterId, 1, Integer::sum);
        int allocation = Controls.of(probes, requesterId).allocation();
        if (Integer.compareUnsigned(now, allocation) > 0) {
            broken("more than " + allocation + " requests are open", requesterId, docket);
        }
        if (request.last()) {
            complete(requesterId).add(request.prgIndex());
        }
    }

    private void broken(String what, int requesterId, Docket docket) {
        docket.broken(this, Finding.of(what).device(requesterId));
    }
}
