package svasim.pcie.endpoint;

import java.util.ArrayDeque;
import java.util.Objects;
import svasim.pcie.config.PriCapability;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Counter;
import svasim.trace.Kind;

/**
 * Page Request Interface (PCI Express Base 5.0, 10.4): asks for pages, one page a group, within the
 * allocation; each group keeps its index until it is answered.
 */
final class PageRequestInterface {
    /** Is told what became of the accesses that wait for a page. */
    interface Answered {
        /** The page is there: translate again. */
        void pageReady(Access access);

        void pageFailed(Access access, DmaStatus status);
    }

    private static final int GROUPS = 512;

    private final Wiring wiring;
    private final PriCapability capability;
    private final Answered answered;
    private final Counter sent;
    private final PasidPrefix[] prefixes = new PasidPrefix[GROUPS];
    private final long[] pages = new long[GROUPS];
    private final boolean[] write = new boolean[GROUPS];
    private final boolean[] open = new boolean[GROUPS];

    /** Accesses that wait for an answer or for being allowed to ask, oldest first. */
    private final ArrayDeque<Access> waiting = new ArrayDeque<>();

    private int outstanding;
    private int lastIndex = GROUPS - 1;

    PageRequestInterface(Wiring wiring, Answered answered) {
        this.wiring = wiring;
        this.capability = wiring.capabilities().pri();
        this.answered = answered;
        this.sent =
                wiring.host()
                        .statistics()
                        .counter(wiring.name() + ".pri.requests", "page requests sent");
        if (capability != null) {
            capability.onReset(this::drop);
        }
    }

    /** The access needs its page; it joins a group that asks for the same, or waits for its own. */
    void request(Access access, long nowPs) {
        waiting.add(access);
        ask(access, nowPs);
    }

    /** Takes a PRG Response. */
    void response(Tlp.PageGroupResponse response, long nowPs) {
        int index = response.prgIndex();
        if (capability == null) {
            return;
        }
        if (capability.failed()) {
            ignore(index);
            return;
        }
        if (!open[index] || !rightPasid(response)) {
            capability.fail(PriCapability.UNEXPECTED_GROUP);
            failAll();
            return;
        }
        int pasid = PasidPrefix.number(prefixes[index]);
        wiring.trace().tell(Kind.PAGE_GROUP_ANSWERED, wiring.lane(), pasid, index, response.code());
        close(index);
        switch (response.code()) {
            case Tlp.PageGroupResponse.SUCCESS -> release(index, DmaStatus.OK);
            case Tlp.PageGroupResponse.INVALID_REQUEST -> release(index, DmaStatus.INVALID_REQUEST);
            default -> {
                capability.fail(PriCapability.RESPONSE_FAILURE);
                failAll();
            }
        }
        askMore(nowPs);
    }

    /** Sends a Stop Marker, which needs no allocation and gets no answer. */
    void stopMarker(PasidPrefix prefix, long nowPs) {
        wiring.uplink()
                .message(
                        new Tlp.PageRequest(wiring.requesterId(), 0, 0, true, false, false, prefix),
                        nowPs);
    }

    /** Software has changed Enable; what waits for being allowed to ask cannot any more. */
    void enableChanged() {
        if (capability.enabled()) {
            capability.stopped(false);
            return;
        }
        capability.stopped(outstanding == 0);
        for (Access access : waiting.toArray(Access[]::new)) {
            if (access.waitsFor == Access.NOTHING) {
                waiting.remove(access);
                answered.pageFailed(access, DmaStatus.NO_TRANSLATION);
            }
        }
    }

    /** The access no longer waits; its group stays open. */
    void forget(Access access) {
        waiting.remove(access);
    }

    /** Page requests not answered yet. */
    int outstanding() {
        return outstanding;
    }

    /** All pending state goes: Reset of the interface, or of the function. */
    void drop() {
        for (int index = 0; index < GROUPS; index++) {
            open[index] = false;
        }
        outstanding = 0;
        while (!waiting.isEmpty()) {
            answered.pageFailed(waiting.remove(), DmaStatus.DISCARDED);
        }
        if (capability != null) {
            capability.stopped(!capability.enabled());
        }
    }

    /** A stopped interface takes no answer to heart, but the group is done with. */
    private void ignore(int index) {
        if (open[index]) {
            close(index);
        }
    }

    private void ask(Access access, long nowPs) {
        int index = serving(access);
        if (index == Access.NOTHING && mayAsk(access)) {
            index = nextIndex();
            send(access, index, nowPs);
        }
        access.waitsFor = index;
    }

    private void askMore(long nowPs) {
        for (Access access : waiting) {
            if (access.waitsFor == Access.NOTHING) {
                ask(access, nowPs);
            }
        }
    }

    private boolean mayAsk(Access access) {
        return wiring.capabilities().requestsPages()
                && wiring.capabilities().permits(access.prefix)
                && outstanding < Math.min(GROUPS, capability.allocation());
    }

    private int serving(Access access) {
        for (int index = 0; outstanding > 0 && index < GROUPS; index++) {
            if (open[index]
                    && pages[index] == access.page()
                    && (write[index] || !access.write)
                    && Objects.equals(prefixes[index], access.prefix)) {
                return index;
            }
        }
        return Access.NOTHING;
    }

    private void send(Access access, int index, long nowPs) {
        prefixes[index] = access.prefix;
        pages[index] = access.page();
        write[index] = access.write;
        open[index] = true;
        outstanding++;
        sent.increment();
        wiring.trace()
                .tell(
                        Kind.PAGE_REQUESTED,
                        wiring.lane(),
                        PasidPrefix.number(access.prefix),
                        access.page(),
                        index);
        wiring.uplink()
                .message(
                        new Tlp.PageRequest(
                                wiring.requesterId(),
                                access.page(),
                                index,
                                true,
                                access.write,
                                true,
                                access.prefix),
                        nowPs);
    }

    /** Indexes go round, so that a late answer meets no new group. */
    private int nextIndex() {
        do {
            lastIndex = (lastIndex + 1) % GROUPS;
        } while (open[lastIndex]);
        return lastIndex;
    }

    private void close(int index) {
        open[index] = false;
        outstanding--;
        if (!capability.enabled() && outstanding == 0) {
            capability.stopped(true);
        }
    }

    /** A failure may come without the PASID: IOMMUs differ there. */
    private boolean rightPasid(Tlp.PageGroupResponse response) {
        PasidPrefix asked = prefixes[response.prgIndex()];
        if (!capability.responsePasidRequired() || asked == null) {
            return true;
        }
        return response.pasid() == null
                ? response.code() == Tlp.PageGroupResponse.RESPONSE_FAILURE
                : response.pasid().pasid() == asked.pasid();
    }

    private void release(int index, DmaStatus status) {
        for (Access access : waiting.toArray(Access[]::new)) {
            if (access.waitsFor == index) {
                waiting.remove(access);
                answer(access, status);
            }
        }
    }

    private void failAll() {
        while (!waiting.isEmpty()) {
            answer(waiting.remove(), DmaStatus.RESPONSE_FAILURE);
        }
    }

    private void answer(Access access, DmaStatus status) {
        access.waitsFor = Access.NOTHING;
        if (status == DmaStatus.OK) {
            answered.pageReady(access);
        } else {
            answered.pageFailed(access, status);
        }
    }
}
