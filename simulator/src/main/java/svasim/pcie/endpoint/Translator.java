package svasim.pcie.endpoint;

import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;
import svasim.stats.Counter;
import svasim.stats.Statistics;
import svasim.trace.Kind;

/** The ATS side of a function: its ATC, and the Translation Requests that fill it. */
final class Translator {
    private final Wiring wiring;
    private final Tags tags;
    private final Deadlines deadlines;
    private final Atc atc;
    private final TranslationRequests requests;
    private final Counter sent;
    private final Counter discarded;

    Translator(Wiring wiring, Tags tags, Deadlines deadlines) {
        this.wiring = wiring;
        this.tags = tags;
        this.deadlines = deadlines;
        Statistics statistics = wiring.host().statistics();
        String name = wiring.name();
        atc = new Atc(name + ".atc", wiring.config().atc(), statistics);
        int ahead = wiring.config().atc().prefetch();
        requests = new TranslationRequests(wiring.requesterId(), tags.count(), 1 + ahead);
        sent = statistics.counter(name + ".ats.requests", "translation requests sent");
        discarded =
                statistics.counter(
                        name + ".ats.discarded",
                        "translations not used because an invalidation came first");
    }

    /** Whether a look-up begins in a cache of the stream. */
    boolean hasFirstLevel() {
        return atc.hasFirstLevel();
    }

    /** An entry of the stream's own cache that permits the access, or {@link Atc#MISS}. */
    long findFirst(Access access) {
        DmaRequest request = access.request;
        long entry = atc.findFirst(request.stream(), access.prefix, request.address());
        return permitted(access, entry);
    }

    /** An entry of the ATC that permits the access, or {@link Atc#MISS}. */
    long find(Access access) {
        DmaRequest request = access.request;
        long entry = atc.find(request.stream(), access.prefix, request.address());
        entry = permitted(access, entry);
        if (entry == Atc.MISS) {
            tell(Kind.ATC_MISS, PasidPrefix.number(access.prefix), request.address(), 0);
        }
        return entry;
    }

    private long permitted(Access access, long entry) {
        if (entry == Atc.MISS || !access.permittedBy(entry)) {
            return Atc.MISS;
        }
        int pasid = PasidPrefix.number(access.prefix);
        tell(Kind.ATC_HIT, pasid, access.request.address(), TranslationEntry.base(entry));
        return entry;
    }

    /**
     * Has the access wait for a translation that is outstanding, or sends a request for one.
     *
     * @return false if there is no tag or no room
     */
    boolean request(Access access, long nowPs) {
        int tag = requests.serving(access);
        if (tag == TranslationRequests.NONE) {
            tag = tags.free(wiring.capabilities().express().tags());
            if (tag == Tags.NONE || !send(access, tag, nowPs)) {
                return false;
            }
        }
        access.waitsFor = tag;
        return true;
    }

    /** The tag is answered or given up. */
    void ended(int tag) {
        requests.end(tag);
    }

    /**
     * A completion came.
     *
     * @return the whole answer, or null if another completion has to come
     */
    TranslationAnswer answer(Tlp.Completion completion) {
        return requests.brought(completion.tag(), completion);
    }

    /** Page that was asked for with the tag. */
    long page(int tag) {
        return requests.page(tag);
    }

    /** Whether a translation is outstanding with the tag, of the PASID. */
    boolean isFor(int tag, PasidPrefix prefix) {
        return requests.isFor(tag, prefix);
    }

    /** The answer with the tag is kept under another PASID. */
    void reassign(int tag, int pasid) {
        requests.reassign(tag, pasid);
    }

    /** Whether an invalidation met the translation while it was outstanding. */
    boolean discards(int tag, TranslationAnswer answer) {
        boolean stale = requests.isStale(tag, answer);
        if (stale) {
            discarded.increment();
        }
        return stale;
    }

    /** Keeps translations, but for those that grant nothing: no invalidation would end that. */
    void fill(int tag, TranslationAnswer answer, int stream) {
        PasidPrefix prefix = requests.prefix(tag);
        for (int i = 0; i < answer.size(); i++) {
            long entry = answer.entry(i);
            if ((entry & (TranslationEntry.READ | TranslationEntry.WRITE)) != 0) {
                long page = i == 0 ? requests.page(tag) : answer.address(i);
                atc.fill(stream, prefix, page, entry);
                long output = TranslationEntry.base(entry);
                tell(Kind.ATC_FILLED, PasidPrefix.number(prefix), page, output);
            }
        }
    }

    /** Forgets a range at once, in the ATC and in answers that are under way. */
    InvalidatedRange invalidate(Tlp.InvalidateRequest request) {
        Capabilities capabilities = wiring.capabilities();
        InvalidatedRange range =
                InvalidatedRange.of(
                        request,
                        capabilities.translationUnitShift(),
                        capabilities.globalInvalidate());
        int removed = atc.invalidate(range);
        if (wiring.config().ats().lateAnswers().value() == 0) {
            requests.invalidate(range);
        }
        wiring.trace()
                .tell(
                        Kind.ATC_INVALIDATED,
                        wiring.lane(),
                        range.pasid(),
                        range.base(),
                        removed,
                        request);
        return range;
    }

    /** Forgets everything, also what is under way. */
    void clear() {
        atc.clear();
        requests.invalidateAll();
    }

    void visit(AtcVisitor visitor) {
        atc.visit(visitor);
    }

    /** Takes the tag first: the link may call back when it has taken the packet. */
    private boolean send(Access access, int tag, long nowPs) {
        tags.take(tag);
        requests.begin(access, tag, wiring.capabilities().translationUnitShift());
        Attributes attributes = wiring.trafficClass(access.request.stream());
        if (!wiring.uplink().offer(requests.packet(access, tag, attributes), nowPs)) {
            requests.end(tag);
            tags.release(tag);
            return false;
        }
        deadlines.begin(tag, nowPs);
        sent.increment();
        return true;
    }

    private void tell(Kind kind, int pasid, long address, long last) {
        wiring.trace().tell(kind, wiring.lane(), pasid, address, last);
    }
}
