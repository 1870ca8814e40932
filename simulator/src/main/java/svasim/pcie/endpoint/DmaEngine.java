package svasim.pcie.endpoint;

import java.util.List;
import svasim.pcie.config.PcieError;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Counter;
import svasim.stats.Statistics;

/**
 * Leads each access from its start to its end: look-up in the ATC, Translation Request, Page
 * Request, packets. {@link Access.Phase} says where it stands.
 */
final class DmaEngine implements Dma, Course, PageRequestInterface.Answered {
    private final Wiring wiring;
    private final Capabilities capabilities;
    private final Accesses accesses;
    private final Tags tags;
    private final OpenTags open;
    private final Intake intake;
    private final LookUps lookUps;
    private final Translator translator;
    private final Translations translations;
    private final Transfers transfers;
    private final Invalidations invalidations;
    private final PageRequestInterface pages;
    private final Endings endings;
    private final Stragglers stragglers;
    private final Backlog backlog = new Backlog(this::advance);

    private final Counter reads;
    private final Counter writes;
    private final Counter bytes;

    DmaEngine(Wiring wiring) {
        this.wiring = wiring;
        capabilities = wiring.capabilities();
        EndpointConfig.Limits limits = wiring.config().dma();
        accesses = new Accesses(limits.requests());
        tags = new Tags(limits.tags());
        Deadlines deadlines =
                new Deadlines(
                        wiring.kernel(),
                        limits.completionTimeout().value(),
                        limits.tags(),
                        this::expired);
        open = new OpenTags(tags, deadlines, backlog);
        intake = new Intake(wiring.kernel(), limits.intake(), this::takenIn);
        translator = new Translator(wiring, tags, deadlines);
        lookUps = new LookUps(wiring, accesses, translator, this);
        translations = new Translations(wiring, accesses, open, translator, this);
        transfers = new Transfers(wiring, open, this);
        invalidations = new Invalidations(wiring);
        stragglers = new Stragglers(wiring, this);
        endings = new Endings(wiring, accesses, invalidations, stragglers, this::admit);
        pages = new PageRequestInterface(wiring, this);
        Statistics statistics = wiring.host().statistics();
        String name = wiring.name() + ".dma";
        reads = statistics.counter(name + ".reads", "reads of memory");
        writes = statistics.counter(name + ".writes", "writes to memory");
        bytes = statistics.counter(name + ".bytes", "bytes read and written");
        capabilities.onChange(translator::clear, this::pasidChanged);
    }

    @Override
    public void read(DmaRequest request, DmaClient client, long token) {
        reads.increment();
        add(request, false, client, token);
    }

    @Override
    public void write(DmaRequest request, DmaClient client, long token) {
        writes.increment();
        add(request, true, client, token);
    }

    @Override
    public int outstanding(int pasid) {
        return accesses.outstanding(pasid);
    }

    @Override
    public void whenIdle(int pasid, IdleListener listener) {
        endings.whenIdle(pasid, listener);
    }

    @Override
    public void discard(int pasid) {
        for (Access access : accesses.turnedAway(pasid)) {
            endings.end(access, DmaStatus.DISCARDED);
        }
        List<Access> active = accesses.active();
        for (int i = 0; i < active.size(); i++) {
            if (active.get(i).pasid() == pasid) {
                giveUp(active.get(i));
            }
        }
        PasidPrefix prefix = pasid == PasidPrefix.NONE ? null : new PasidPrefix(pasid);
        if (prefix != null && capabilities.requestsPages()) {
            pages.stopped(prefix);
        }
    }

    @Override
    public void reassign(int from, int to) {
        translations.reassign(new PasidPrefix(from), to);
    }

    @Override
    public void stopMarker(int pasid) {
        PasidPrefix prefix = new PasidPrefix(pasid);
        if (capabilities.permits(prefix)) {
            pages.stopMarker(prefix, nowPs());
        }
    }

    @Override
    public void pageReady(Access access) {
        translate(access);
    }

    @Override
    public void pageFailed(Access access, DmaStatus status) {
        endings.end(access, status);
    }

    @Override
    public void translate(Access access) {
        access.phase = Access.Phase.TRANSLATE;
        access.waitsFor = Access.NOTHING;
        backlog.enter(access);
    }

    @Override
    public void issue(Access access, long entry) {
        access.phase = Access.Phase.ISSUE;
        access.waitsFor = Access.NOTHING;
        access.entry = entry;
        backlog.enter(access);
    }

    @Override
    public void askForPage(Access access) {
        access.phase = Access.Phase.PAGE;
        pages.request(access, nowPs());
    }

    @Override
    public void end(Access access, DmaStatus status) {
        endings.end(access, status);
    }

    /**
     * Takes a completion.
     *
     * @return false if it answers nothing outstanding
     */
    boolean completion(Tlp.Completion completion) {
        boolean expected = tags.expects(completion);
        if (expected) {
            intake.add(completion);
        }
        return expected;
    }

    /**
     * Takes an Invalidate Request.
     *
     * @return false if the queue is full
     */
    boolean invalidate(Tlp.InvalidateRequest request) {
        if (invalidations.isFull()) {
            return false;
        }
        InvalidatedRange range = translator.invalidate(request);
        invalidations.begin(request, range, accesses.active());
        return true;
    }

    void groupResponse(Tlp.PageGroupResponse response, long nowPs) {
        pages.response(response, nowPs);
    }

    /** The link has room again. */
    void linkReady() {
        backlog.resume();
    }

    /** What to do when an Invalidate Request that was refused would be taken. */
    void onInvalidateRoom(Runnable action) {
        invalidations.onRoom(action);
    }

    /** Function level reset. */
    void reset() {
        for (Access access : accesses.turnedAway()) {
            endings.end(access, DmaStatus.DISCARDED);
        }
        for (int tag = 0; tag < tags.count(); tag++) {
            if (tags.isInUse(tag)) {
                open.release(tag);
                translator.ended(tag);
            }
        }
        intake.reset();
        translations.reset();
        invalidations.reset();
        stragglers.forget();
        pages.drop();
        List<Access> active = accesses.active();
        for (int i = 0; i < active.size(); i++) {
            if (active.get(i).phase == Access.Phase.LOOKUP) {
                active.get(i).status = DmaStatus.DISCARDED;
            } else {
                backlog.forget(active.get(i));
                endings.end(active.get(i), DmaStatus.DISCARDED);
            }
        }
        translator.clear();
    }

    void completesInvalidations(boolean value) {
        invalidations.completes(value);
    }

    void visitAtc(AtcVisitor visitor) {
        translator.visit(visitor);
    }

    /** Who waits for what; empty if nobody does. */
    void waitingFor(List<String> lines) {
        for (Access access : accesses.active()) {
            lines.add(wiring.name() + ": " + access);
        }
        if (invalidations.outstanding() > 0) {
            lines.add(wiring.name() + ": " + invalidations.outstanding() + " invalidations");
        }
        if (pages.outstanding() > 0) {
            lines.add(wiring.name() + ": " + pages.outstanding() + " page requests unanswered");
        }
    }

    private long nowPs() {
        return wiring.kernel().nowPs();
    }

    private void add(DmaRequest request, boolean write, DmaClient client, long token) {
        bytes.add(request.bytes());
        accesses.add(request, write, client, token, nowPs());
        admit();
    }

    private void admit() {
        for (Access access = accesses.admitted(); access != null; access = accesses.admitted()) {
            start(access);
        }
    }

    private void start(Access access) {
        PasidPrefix wanted = access.request.pasid();
        if (!capabilities.permits(wanted)) {
            endings.end(access, DmaStatus.UNSUPPORTED_REQUEST);
        } else {
            access.prefix = capabilities.sent(wanted, access.write);
            if (capabilities.translates() && access.request.onFault() != OnFault.UNTRANSLATED) {
                lookUps.begin(access);
            } else {
                issue(access, 0);
            }
        }
    }

    /** Sends what can be sent; false if the access has to wait for room or a tag. */
    private boolean advance(Access access) {
        return switch (access.phase) {
            case TRANSLATE -> advanceTranslation(access);
            case ISSUE -> transfers.advance(access);
            case LOOKUP, PAGE, DONE -> true;
        };
    }

    private boolean advanceTranslation(Access access) {
        if (!capabilities.permits(access.prefix)) {
            endings.end(access, DmaStatus.UNSUPPORTED_REQUEST);
            return true;
        }
        if (capabilities.translates()) {
            return translator.request(access, nowPs());
        }
        // ATS was turned off while the access waited.
        access.phase = Access.Phase.ISSUE;
        if (!access.write) {
            return transfers.advance(access);
        }
        backlog.enter(access);
        return true;
    }

    private void takenIn(Tlp.Completion completion) {
        int tag = completion.tag();
        if (completion.attributes().poisoned() && tags.isInUse(tag)) {
            poisoned(tag, completion);
        }
        if (!tags.expects(completion)) {
            return;
        }
        if (tags.reader(tag) != null) {
            transfers.completed(completion);
        } else if (completion.status() == CompletionStatus.REQUEST_RETRY) {
            // Not legal here: malformed, so that the request ends with its deadline.
            wiring.errors().found(PcieError.MALFORMED_TLP, completion);
        } else {
            translations.completed(completion);
        }
    }

    /** What a translation says is not to be believed; of a read the rest is waited for. */
    private void poisoned(int tag, Tlp.Completion completion) {
        wiring.errors().found(PcieError.POISONED_TLP, completion);
        if (tags.reader(tag) == null) {
            translations.givenUp(tag, DmaStatus.POISONED);
        } else {
            transfers.poisoned(tag);
        }
    }

    private void expired(int tag, long nowPs) {
        wiring.errors().found(PcieError.COMPLETION_TIMEOUT, null);
        if (tags.reader(tag) == null) {
            translations.givenUp(tag, DmaStatus.TIMEOUT);
        } else {
            transfers.ended(tag, DmaStatus.TIMEOUT);
        }
    }

    /** Ends the access unless its packets are on the link, which end by themselves. */
    private void giveUp(Access access) {
        switch (access.phase) {
            case LOOKUP -> access.status = DmaStatus.DISCARDED;
            case TRANSLATE -> {
                backlog.forget(access);
                endings.end(access, DmaStatus.DISCARDED);
            }
            case PAGE -> {
                pages.forget(access);
                endings.end(access, DmaStatus.DISCARDED);
            }
            case ISSUE, DONE -> {}
        }
    }

    /** Software has changed what prefixes may be sent; who cannot go on ends. */
    private void pasidChanged() {
        translator.clear();
        pages.pasidChanged();
        List<Access> active = accesses.active();
        for (int i = 0; i < active.size(); i++) {
            Access access = active.get(i);
            boolean asks = access.phase == Access.Phase.PAGE && access.waitsFor == Access.NOTHING;
            if (asks && !capabilities.permits(access.prefix)) {
                pages.forget(access);
                endings.end(access, DmaStatus.UNSUPPORTED_REQUEST);
            }
        }
        backlog.resume();
    }
}
