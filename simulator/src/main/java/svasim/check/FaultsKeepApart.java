package svasim.check;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.pcie.tlp.Tlp.PageRequest;
import svasim.trace.Kind;

/**
 * I-41. Adds up, for each page request group that waits for a worker or whose answer waits for its
 * way to the device, and for each drain, the time during which software was busy with the page
 * faults or invalidations of others.
 */
final class FaultsKeepApart extends Rule {
    private final long boundPs;
    private final Map<Object, Delay> waiting = new LinkedHashMap<>();
    private final BusyPasids busy = new BusyPasids();
    private final Map<Long, Long> pasidOfMm = new HashMap<>();
    private long lastPs;

    private record Group(long pasid, long requesterId, long index) {}

    private record Drain(long pasid, long requesterId) {}

    /** Somebody who waits, and how long others were served meanwhile. */
    private static final class Delay {
        final long pasid;
        final long requesterId;
        final String who;
        long byOthersPs;

        Delay(String who, long pasid, long requesterId) {
            this.who = who;
            this.pasid = pasid;
            this.requesterId = requesterId;
        }
    }

    FaultsKeepApart(Bounds bounds) {
        super(
                "I-41",
                "Page faults and drains of one PASID wait no longer than "
                        + bounds.foreignFault()
                        + " for the page faults and invalidations of others.",
                Kind.BOUND,
                Kind.PAGE_REQUEST_QUEUED,
                Kind.PAGE_GROUP_TAKEN,
                Kind.PAGE_GROUP_STARTED,
                Kind.PAGE_GROUP_RESOLVED,
                Kind.PAGE_GROUP_DONE,
                Kind.DRAIN_ROUND,
                Kind.DRAINED,
                Kind.UNBOUND,
                Kind.RANGE_INVALIDATE,
                Kind.RANGE_INVALIDATED,
                Kind.TLP_SENT);
        boundPs = bounds.foreignFault().value();
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.TLP_SENT) {
            if (seen.subject() instanceof PageGroupResponse response) {
                long pasid = PasidPrefix.number(response.pasid());
                advance(seen.timePs(), docket);
                waiting.remove(new Group(pasid, response.destinationId(), response.prgIndex()));
            }
            return;
        }
        advance(seen.timePs(), docket);
        switch (seen.kind()) {
            case BOUND -> pasidOfMm.put(seen.c(), seen.a());
            case PAGE_REQUEST_QUEUED -> queued((PageRequest) seen.subject());
            case RANGE_INVALIDATE -> busy.invalidates(pasidOfMm.get(seen.a()));
            case RANGE_INVALIDATED -> busy.hasInvalidated(pasidOfMm.get(seen.a()));
            case DRAIN_ROUND, DRAINED, UNBOUND -> drain(seen);
            default -> group(seen);
        }
    }

    private void advance(long nowPs, Docket docket) {
        long elapsedPs = nowPs - lastPs;
        lastPs = nowPs;
        if (elapsedPs == 0 || busy.isIdle()) {
            return;
        }
        for (Delay delay : waiting.values()) {
            if (busy.withOthersThan(delay.pasid)) {
                delay.byOthersPs += elapsedPs;
                if (delay.byOthersPs > boundPs) {
                    broken(delay, docket);
                }
            }
        }
    }

    private void broken(Delay delay, Docket docket) {
        docket.broken(
                this,
                Finding.of(delay.who + " waits for the page faults or invalidations of others")
                        .pasid(delay.pasid)
                        .device(delay.requesterId));
    }

    private void queued(PageRequest request) {
        if (request.last() && !request.stopMarker()) {
            long pasid = PasidPrefix.number(request.pasid());
            waitsAsGroup(new Group(pasid, request.requesterId(), request.prgIndex()));
        }
    }

    private void waitsAsGroup(Group group) {
        waiting.putIfAbsent(
                group, new Delay("a page request group", group.pasid(), group.requesterId()));
    }

    private void group(Observation seen) {
        Group group = new Group(seen.a(), seen.b(), seen.c());
        switch (seen.kind()) {
            case PAGE_GROUP_TAKEN -> waitsAsGroup(group);
            case PAGE_GROUP_STARTED -> {
                waiting.remove(group);
                busy.handles(group.pasid());
            }
            case PAGE_GROUP_RESOLVED -> waitsAsGroup(group);
            default -> busy.hasHandled(group.pasid());
        }
    }

    private void drain(Observation seen) {
        Drain drain = new Drain(seen.a(), seen.b());
        if (seen.kind() == Kind.DRAIN_ROUND) {
            waiting.putIfAbsent(drain, new Delay("a drain", drain.pasid(), drain.requesterId()));
            return;
        }
        waiting.remove(drain);
        if (seen.kind() == Kind.UNBOUND) {
            waiting.values()
                    .removeIf(
                            d -> d.pasid == drain.pasid() && d.requesterId == drain.requesterId());
        }
    }
}
