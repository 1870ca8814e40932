package svasim.pcie.endpoint;

import java.util.List;
import svasim.kernel.EventHandler;
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
final class DmaEngine implements Dma, EventHandler, PageRequestInterface.Answered {
    /** Kinds of event: a look-up in the cache of a stream, or in the common one, is over. */
    private static final int COMMON = 0;

    private static final int FIRST_LEVEL = 1;

    private final Wiring wiring;
    private final Capabilities capabilities;
    private final Accesses accesses;
    private final Tags tags;
    private final Deadlines deadlines;
    private final Packets packets;
    private final Translator translator;
    private final Invalidations invalidations;
    private final PageRequestInterface pages;
    private final LateAnswers answers;
    private final Endings endings;
    private final Stragglers stragglers;
    private final Backlog backlog = new Backlog(this::advance);
    private final long lookupPs;
    private final long firstLookupPs;

    private final Counter reads;
    private final Counter writes;
    private final Counter bytes;

    DmaEngine(Wiring wiring) {
        this.wiring = wiring;
        capabilities = wiring.capabilities();
        EndpointConfig.Limits limits = wiring.config().dma();
        accesses = new Accesses(limits.requests());
        tags = new Tags(limits.tags());
        deadlines =
                new Deadlines(
                        wiring.kernel(),
                        limits.completionTimeout().value(),
                        limits.tags(),
                        this::expired);
        packets = new Packets(wiring, tags, deadlines);
        translator = new Translator(wiring, tags, deadlines);
        invalidations = new Invalidations(wiring);
        answers =
                new LateAnswers(
                        wiring.kernel(),
                        wiring.config().ats().lateAnswers().value(),
                        this::translationCompleted);
        stragglers = new Stragglers(wiring, this);
        endings = new Endings(wiring, accesses, invalidations, stragglers, this::admit);
        pages = new PageRequestInterface(wiring, this);
        AtcConfig atc = wiring.config().atc();
        lookupPs = atc.lookup().value();
        firstLookupPs = atc.first() == null ? 0 : atc.first().lookup().value();
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
    public void stopMarker(int pasid) {
        PasidPrefix prefix = new PasidPrefix(pasid);
        if (capabilities.permits(prefix)) {
            pages.stopMarker(prefix, nowPs());
        }
    }

    @Override
    public void handle(long nowPs, int kind, long index) {
        if (kind == FIRST_LEVEL) {
            lookedUpFirst(accesses.get(index));
        } else {
            lookedUp(accesses.get(index));
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

    /**
     * Takes a completion.
     *
     * @return false if it answers nothing outstanding
     */
    boolean completion(Tlp.Completion completion) {
        int tag = completion.tag();
        if (!tags.isInUse(tag)) {
            return false;
        }
        Access reader = tags.reader(tag);
        if (completion.attributes().poisoned()) {
            poisoned(reader, tag, completion);
        }
        if (!tags.isInUse(tag)) {
            return true;
        } else if (reader == null) {
            answers.add(completion);
        } else if (completion.status() != CompletionStatus.SUCCESS) {
            readEnded(reader, tag, DmaStatus.of(completion.status()));
        } else if (packets.completion(reader, completion)) {
            readEnded(reader, tag, DmaStatus.OK);
        }
        return true;
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
                releaseTag(tag);
            }
        }
        answers.reset();
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
                lookUp(access);
            } else {
                issue(access, 0);
            }
        }
    }

    private void lookUp(Access access) {
        if (translator.hasFirstLevel()) {
            wiring.kernel().after(firstLookupPs, this, FIRST_LEVEL, access.index);
        } else {
            wiring.kernel().after(lookupPs, this, COMMON, access.index);
        }
    }

    private void lookedUpFirst(Access access) {
        long entry = access.status == DmaStatus.OK ? translator.findFirst(access) : Atc.MISS;
        if (entry == Atc.MISS) {
            wiring.kernel().after(lookupPs, this, COMMON, access.index);
        } else {
            issue(access, entry);
        }
    }

    private void lookedUp(Access access) {
        if (access.status != DmaStatus.OK) {
            endings.end(access, access.status);
            return;
        }
        long entry = translator.find(access);
        if (entry == Atc.MISS) {
            translate(access);
        } else {
            issue(access, entry);
        }
    }

    private void translate(Access access) {
        access.phase = Access.Phase.TRANSLATE;
        access.waitsFor = Access.NOTHING;
        backlog.enter(access);
    }

    private void issue(Access access, long entry) {
        access.phase = Access.Phase.ISSUE;
        access.waitsFor = Access.NOTHING;
        access.entry = entry;
        backlog.enter(access);
    }

    /** Sends what can be sent; false if the access has to wait for room or a tag. */
    private boolean advance(Access access) {
        return switch (access.phase) {
            case TRANSLATE -> advanceTranslation(access);
            case ISSUE -> advancePackets(access);
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
            return advancePackets(access);
        }
        backlog.enter(access);
        return true;
    }

    private boolean advancePackets(Access access) {
        if (!access.translated() && !capabilities.permits(access.prefix)) {
            access.status = DmaStatus.UNSUPPORTED_REQUEST;
        }
        if (!packets.send(access, nowPs())) {
            return false;
        }
        finishIfAnswered(access);
        return true;
    }

    private void readEnded(Access access, int tag, DmaStatus status) {
        if (status != DmaStatus.OK && access.status == DmaStatus.OK) {
            access.status = status;
            access.faultOffset = tags.offset(tag);
        }
        access.unanswered--;
        releaseTag(tag);
        finishIfAnswered(access);
        backlog.resume();
    }

    private void finishIfAnswered(Access access) {
        if (access.allIssued && access.unanswered == 0) {
            endings.end(access, access.status);
        }
    }

    private void releaseTag(int tag) {
        tags.release(tag);
        translator.ended(tag);
        deadlines.end(tag);
    }

    private void translationCompleted(Tlp.Completion completion) {
        int tag = completion.tag();
        if (!tags.isInUse(tag)) {
            return;
        }
        long entry = translator.entry(completion);
        boolean stale = translator.discards(tag);
        boolean grants = completion.status() == CompletionStatus.SUCCESS && !stale;
        if (grants && entry != Translator.NO_ENTRY) {
            translator.fill(tag, entry, stream(tag));
        }
        releaseTag(tag);
        if (completion.status() == CompletionStatus.UNSUPPORTED_REQUEST) {
            capabilities.translationRefused();
        }
        List<Access> active = accesses.active();
        for (int i = 0; i < active.size(); i++) {
            Access access = active.get(i);
            if (access.waitsForTranslation(tag)) {
                translated(access, completion.status(), stale, entry);
            }
        }
        backlog.resume();
    }

    private void translated(Access access, CompletionStatus status, boolean stale, long entry) {
        if (status == CompletionStatus.UNSUPPORTED_REQUEST) {
            endings.end(access, DmaStatus.UNSUPPORTED_REQUEST);
        } else if (status != CompletionStatus.SUCCESS || entry == Translator.NO_ENTRY) {
            endings.end(access, DmaStatus.COMPLETER_ABORT);
        } else if (stale) {
            translate(access);
        } else if (access.permittedBy(entry)) {
            issue(access, entry);
        } else if (access.request.onFault() == OnFault.BLOCK && capabilities.requestsPages()) {
            access.phase = Access.Phase.PAGE;
            pages.request(access, nowPs());
        } else {
            endings.end(access, DmaStatus.NO_TRANSLATION);
        }
    }

    /** Stream of the first access that waits for the translation. */
    private int stream(int tag) {
        List<Access> active = accesses.active();
        for (int i = 0; i < active.size(); i++) {
            if (active.get(i).waitsForTranslation(tag)) {
                return active.get(i).request.stream();
            }
        }
        return 0;
    }

    /** What a translation says is not to be believed; of a read the rest is waited for. */
    private void poisoned(Access reader, int tag, Tlp.Completion completion) {
        wiring.errors().found(PcieError.POISONED_TLP, completion);
        if (reader == null) {
            givenUp(tag, DmaStatus.POISONED);
        } else if (reader.status == DmaStatus.OK) {
            reader.status = DmaStatus.POISONED;
            reader.faultOffset = tags.offset(tag);
        }
    }

    private void expired(int tag, long nowPs) {
        wiring.errors().found(PcieError.COMPLETION_TIMEOUT, null);
        givenUp(tag, DmaStatus.TIMEOUT);
    }

    /** No good answer to a request is to be had any more. */
    private void givenUp(int tag, DmaStatus status) {
        Access reader = tags.reader(tag);
        if (reader != null) {
            readEnded(reader, tag, status);
            return;
        }
        releaseTag(tag);
        List<Access> active = accesses.active();
        for (int i = 0; i < active.size(); i++) {
            if (active.get(i).waitsForTranslation(tag)) {
                endings.end(active.get(i), status);
            }
        }
        backlog.resume();
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
