package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.PriCapability;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.pcie.tlp.Tlp.PageRequest;
import svasim.trace.Kind;

/** I-32. A physical function and its virtual ones spend one allocation. */
final class RequestsWithinAllocation extends Rule {
    private record Key(int requesterId, int index) {}

    private static final class Group {
        int requests;
        boolean complete;
    }

    private final Probes probes;
    private final Map<Key, Group> groups = new HashMap<>();

    RequestsWithinAllocation(Probes probes) {
        super(
                "I-32",
                "A function has no more page requests open than it was allocated, and reuses no"
                        + " index before its response.",
                Kind.TLP_SENT,
                Kind.CONFIG_WRITTEN,
                Kind.FUNCTION_RESET);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.FUNCTION_RESET) {
            int requesterId = (int) seen.a();
            groups.keySet().removeIf(key -> key.requesterId() == requesterId);
        } else if (seen.kind() == Kind.CONFIG_WRITTEN) {
            written((int) seen.a(), (int) seen.b(), (int) seen.c());
        } else if (!seen.isForwarded()) {
            sent(seen.subject(), docket);
        }
    }

    /** Reset of the interface gives everything back. */
    private void written(int requesterId, int offset, int value) {
        ConfigurationSpace space = probes.configuration(requesterId);
        int capability = space.findExtended(PriCapability.ID);
        boolean control = capability != 0 && offset == capability + PriCapability.CONTROL;
        if (control
                && (value & PriCapability.RESET) != 0
                && !Controls.of(probes, requesterId).pri()) {
            groups.keySet().removeIf(key -> spends(key, space));
        }
    }

    private void sent(Object packet, Docket docket) {
        if (packet instanceof PageRequest request && !request.stopMarker()) {
            asked(request, docket);
        } else if (packet instanceof PageGroupResponse response) {
            Key key = new Key(response.destinationId(), response.prgIndex());
            Group group = groups.get(key);
            if (group != null && group.complete) {
                groups.remove(key);
            }
        }
    }

    private void asked(PageRequest request, Docket docket) {
        int requesterId = request.requesterId();
        Group group =
                groups.computeIfAbsent(
                        new Key(requesterId, request.prgIndex()), key -> new Group());
        if (group.complete) {
            broken("index " + request.prgIndex() + " is used again", requesterId, docket);
        }
        group.requests++;
        group.complete |= request.last();
        int allocation = Controls.of(probes, requesterId).allocation();
        if (Integer.compareUnsigned(open(requesterId), allocation) > 0) {
            broken("more than " + allocation + " requests are open", requesterId, docket);
        }
    }

    /** Requests that wait for an answer, of all functions with the same interface. */
    private int open(int requesterId) {
        ConfigurationSpace shared = probes.sharedConfiguration(requesterId);
        return groups.entrySet().stream()
                .filter(entry -> spends(entry.getKey(), shared))
                .mapToInt(entry -> entry.getValue().requests)
                .sum();
    }

    private boolean spends(Key key, ConfigurationSpace shared) {
        return probes.sharedConfiguration(key.requesterId()) == shared;
    }

    private void broken(String what, int requesterId, Docket docket) {
        docket.broken(this, Finding.of(what).device(requesterId));
    }
}
