package svasim.pcie.endpoint;

import java.util.ArrayDeque;
import java.util.Arrays;
import svasim.kernel.EventHandler;
import svasim.kernel.Site;
import svasim.pcie.config.PriCapability;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Counter;
import svasim.trace.Kind;

/**
 * Page Request Interface (PCI Express Base 5.0, 10.4): asks for pages, in groups of one or more,
 * within the allocation; each group keeps its index until it is answered.
 */
final class PageRequestInterface implements EventHandler, PriCapability.User {
    /** Is told what became of the accesses that wait for a page. */
    interface Answered {
        /** The page is there: translate again. */
        void pageReady(Access access);

        void pageFailed(Access access, DmaStatus status);
    }

    private static final Site LATE_MARKER =
            Site.lateness("pcie.stopMarker", 20_000_000L, 100_000_000L);

    private static final int GROUPS = 512;

    /** A group has waited long enough for further pages. */
    private static final int GATHERED = 0;

    /** A Stop Marker is due. */
    private static final int MARKER = 1;

    private final Wiring wiring;
    private final PriCapability capability;
    private final Answered answered;
    private final Counter sent;
    private final EndpointConfig.Pri config;

    /** Groups not answered yet, by index; null if the index is free. */
    private final PageGroup[] open = new PageGroup[GROUPS];

    /** Accesses that wait for an answer or for being allowed to ask, oldest first. */
    private final ArrayDeque<Access> waiting = new ArrayDeque<>();

    /** The group that further pages may join, or null. */
    private PageGroup gathering;

    private int outstanding;
    private int groups;
    private int lastIndex = GROUPS - 1;

    PageRequestInterface(Wiring wiring, Answered answered) {
        this.wiring = wiring;
        this.capability = wiring.capabilities().pri();
        this.config = wiring.config().pri();
        this.answered = answered;
        this.sent =
                wiring.host()
                        .statistics()
                        .counter(wiring.name() + ".pri.requests", "page requests sent");
        if (capability != null) {
            capability.add(this);
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
        if (open[index] == null || !rightPasid(response)) {
            capability.fail(PriCapability.UNEXPECTED_GROUP);
            return;
        }
        int pasid = PasidPrefix.number(open[index].prefix());
        wiring.trace().tell(Kind.PAGE_GROUP_ANSWERED, wiring.lane(), pasid, index, response.code());
        close(index);
        switch (response.code()) {
            case Tlp.PageGroupResponse.SUCCESS -> release(index, DmaStatus.OK);
            case Tlp.PageGroupResponse.INVALID_REQUEST -> release(index, DmaStatus.INVALID_REQUEST);
            default -> capability.fail(PriCapability.RESPONSE_FAILURE);
        }
        askMore(nowPs);
    }

    /**
     * The accesses of a PASID were given up. A function that says so sends a Stop Marker, behind
     * all that it has asked for (10.4.1.2).
     */
    void stopped(PasidPrefix prefix) {
        if (config.stopMarker() != null) {
            long latePs = wiring.kernel().lateness(LATE_MARKER, wiring.lane());
            long delayPs = config.stopMarker().value() + latePs;
            wiring.kernel().after(delayPs, this, MARKER, prefix.pasid());
        }
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        if (kind == GATHERED) {
            if (gathering != null && gathering.index() == data) {
                complete(nowPs);
            }
        } else if (wiring.capabilities().permits(new PasidPrefix((int) data))) {
            complete(nowPs);
            stopMarker(new PasidPrefix((int) data), nowPs);
        }
    }

    /** Sends a Stop Marker, which needs no allocation and gets no answer. */
    void stopMarker(PasidPrefix prefix, long nowPs) {
        wiring.uplink()
                .message(
                        new Tlp.PageRequest(wiring.requesterId(), 0, 0, true, false, false, prefix),
                        nowPs);
    }

    /**
     * What waits for being allowed to ask cannot any more. Of a group that gathers, the last
     * request follows if others were sent, since only that brings the answer to them.
     */
    @Override
    public void enableChanged() {
        if (capability.enabled()) {
            return;
        }
        if (gathering != null && gathering.size() > 1) {
            complete(wiring.kernel().nowPs());
        } else if (gathering != null) {
            abandon(gathering);
        }
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

    @Override
    public void resetRequested() {
        drop();
    }

    /** The interface has stopped: no answer helps those that wait. */
    @Override
    public void failed() {
        if (gathering != null) {
            abandon(gathering);
        }
        while (!waiting.isEmpty()) {
            answer(waiting.remove(), DmaStatus.RESPONSE_FAILURE);
        }
    }

    /** All pending state goes: Reset of the interface, or of the function. */
    void drop() {
        Arrays.fill(open, null);
        gathering = null;
        count(-outstanding);
        groups = 0;
        while (!waiting.isEmpty()) {
            answered.pageFailed(waiting.remove(), DmaStatus.DISCARDED);
        }
    }

    /** Software has changed what prefixes may be sent. */
    void pasidChanged() {
        if (gathering != null && !wiring.capabilities().permits(gathering.prefix())) {
            abandon(gathering);
        }
    }

    /** Gives up a group whose last request will never be sent; who waits for it waits anew. */
    private void abandon(PageGroup group) {
        gathering = null;
        close(group.index());
        for (Access access : waiting) {
            if (access.waitsFor == group.index()) {
                access.waitsFor = Access.NOTHING;
            }
        }
    }

    private void count(int requests) {
        outstanding += requests;
        if (capability != null) {
            capability.count(requests);
        }
    }

    /** A stopped interface takes no answer to heart, but the group is done with. */
    private void ignore(int index) {
        if (open[index] != null) {
            close(index);
        }
    }

    private void ask(Access access, long nowPs) {
        int index = serving(access);
        if (index == Access.NOTHING && mayAsk(access)) {
            index = join(access, nowPs);
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
                && hasGroup(access)
                && capability.outstanding() < mostOutstanding();
    }

    /** Whether a group gathers that the page may join, or an index is free for a new one. */
    private boolean hasGroup(Access access) {
        return groups < config.indexes() || gathering != null && gathering.isOpenTo(access.prefix);
    }

    private int mostOutstanding() {
        boolean exceeds = config.bug() == PriBug.EXCEEDS_ALLOCATION;
        return exceeds ? GROUPS : capability.allocation();
    }

    private int serving(Access access) {
        for (int index = 0, left = groups; left > 0; index++) {
            if (open[index] != null) {
                left--;
                if (open[index].serves(access)) {
                    return index;
                }
            }
        }
        return Access.NOTHING;
    }

    /** The page becomes one of the group that gathers, or the first of a new one. */
    private int join(Access access, long nowPs) {
        if (gathering != null && !gathering.isOpenTo(access.prefix)) {
            complete(nowPs);
        }
        if (gathering == null) {
            begin(access.prefix, nowPs);
        }
        PageGroup group = gathering;
        count(1);
        PageGroup.Page before = group.add(new PageGroup.Page(access.page(), access.write));
        if (before != null) {
            send(group, before, false, nowPs);
        }
        if (group.size() == config.group() || capability.outstanding() >= capability.allocation()) {
            complete(nowPs);
        }
        return group.index();
    }

    private void begin(PasidPrefix prefix, long nowPs) {
        int index = nextIndex();
        if (open[index] != null) { // with a bug only: the function knows the newer group
            close(index);
        }
        gathering = new PageGroup(index, prefix);
        open[index] = gathering;
        groups++;
        if (config.group() > 1) {
            wiring.kernel().at(nowPs + config.gather().value(), this, GATHERED, index);
        }
    }

    /** Sends the last request of the group that gathers, if there is one. */
    private void complete(long nowPs) {
        if (gathering != null) {
            PageGroup group = gathering;
            gathering = null;
            send(group, group.complete(), true, nowPs);
        }
    }

    private void send(PageGroup group, PageGroup.Page page, boolean last, long nowPs) {
        sent.increment();
        wiring.trace()
                .tell(
                        Kind.PAGE_REQUESTED,
                        wiring.lane(),
                        PasidPrefix.number(group.prefix()),
                        page.address(),
                        group.index());
        wiring.uplink()
                .message(
                        new Tlp.PageRequest(
                                wiring.requesterId(),
                                page.address(),
                                group.index(),
                                last,
                                page.write(),
                                true,
                                group.prefix()),
                        nowPs);
    }

    /** Indexes go round, so that a late answer meets no new group. */
    private int nextIndex() {
        if (config.bug() == PriBug.ONE_INDEX) {
            return 0;
        }
        do {
            lastIndex = (lastIndex + 1) % config.indexes();
        } while (open[lastIndex] != null);
        return lastIndex;
    }

    private void close(int index) {
        count(-open[index].size());
        open[index] = null;
        groups--;
    }

    /** A failure may come without the PASID: IOMMUs differ there. */
    private boolean rightPasid(Tlp.PageGroupResponse response) {
        PasidPrefix asked = open[response.prgIndex()].prefix();
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

    private void answer(Access access, DmaStatus status) {
        access.waitsFor = Access.NOTHING;
        if (status == DmaStatus.OK) {
            answered.pageReady(access);
        } else {
            answered.pageFailed(access, status);
        }
    }
}
