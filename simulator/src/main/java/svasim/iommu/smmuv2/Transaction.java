package svasim.iommu.smmuv2;

import svasim.iommu.core.Bits;
import svasim.iommu.core.CachedTableWalk;
import svasim.iommu.core.Inquiry;
import svasim.iommu.core.RequestKind;
import svasim.iommu.core.TranslationCache;
import svasim.memory.TaggedCache;
import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.paging.TableWalk;
import svasim.paging.Walk;
import svasim.pcie.tlp.PasidPrefix;

/** One request on its way: stream, context bank, then translation (reference smmuv2.md 1 to 3). */
final class Transaction extends Inquiry {
    private static final int PAGE_SHIFT = 12;
    private static final int NOT_GLOBAL = 11;
    private static final int EVERYTHING = Access.READ | Access.WRITE | Access.EXECUTE;

    private final Lookups lookups;
    private final CachedTableWalk tableWalk;

    /** Bank that an address translation operation names; null for transactions of devices. */
    private ContextBank probed;

    private boolean routed;
    private boolean answered;
    private boolean held;
    private int wanted;
    private Context context;
    private Stage first;
    private long input;

    private Fault fault;
    private ContextBank faultBank;
    private long output;
    private int pageShift;
    private int permissions;
    private long leaf;
    private long intermediate;

    Transaction(Lookups lookups) {
        this.lookups = lookups;
        this.tableWalk =
                new CachedTableWalk(
                        lookups.caches().stage1Tables(),
                        lookups.caches().stage2Tables(),
                        this::serial);
    }

    /** Takes a privileged read through a context bank that no device asks for: ATS1PR. */
    void probe(ContextBank bank, long address) {
        ask(0, PasidPrefix.NONE, address, Access.READ | Access.PRIVILEGED);
        probed = bank;
    }

    @Override
    protected void begin() {
        probed = null;
        routed = false;
        answered = false;
        held = false;
        wanted = access();
        context = null;
        fault = null;
        faultBank = null;
        permissions = 0;
        leaf = 0;
        intermediate = 0;
    }

    @Override
    protected Progress proceed(long nowPs) {
        if (!routed) {
            route();
        }
        if (!answered) {
            findTranslation();
        }
        return answered ? Progress.ANSWERED : Progress.WALK;
    }

    private void route() {
        routed = true;
        if (probed != null) {
            enter(lookups.contexts().of(probed.number()));
        } else if (lookups.control().bypass()) {
            identity();
        } else {
            routeStream(lookups.streams().group(streamId()));
        }
    }

    private void routeStream(int group) {
        if (group == StreamMapping.CONFLICT) {
            refuse(Fault.SMCF, null);
        } else if (group == StreamMapping.NO_MATCH) {
            unmatched();
        } else {
            int register = lookups.streams().context(group);
            wanted = StreamToContext.effective(register, access());
            switch (StreamToContext.type(register)) {
                case StreamToContext.TRANSLATE ->
                        enter(lookups.contexts().of(StreamToContext.bank(register)));
                case StreamToContext.BYPASS -> identity();
                default -> refuse(Fault.ICF, null);
            }
        }
    }

    private void unmatched() {
        if (lookups.control().unmatchedFaults()) {
            refuse(Fault.USF, null);
        } else {
            identity();
        }
    }

    private void enter(Context found) {
        context = found;
        if (found.refusal() != null) {
            refuse(found.refusal(), null);
        } else if (kind() == RequestKind.TRANSLATED || hasPasid()) {
            refuse(Fault.UUT, found.bank());
        } else if (lookups.waits() && probed == null && found.blocked()) {
            held = true;
            answered = true;
        } else if (found.identity()) {
            identity();
        } else if (found.second() != null && found.stage2() == null) {
            refuse(Fault.TF, found.second());
        } else {
            enterStage1();
        }
    }

    private void enterStage1() {
        Context.FirstStage stage1 = context.first();
        first = null;
        input = address();
        if (stage1 != null) {
            input = stage1.extended(address());
            first = stage1.fits(address()) ? stage1.half(input) : null;
            if (first == null) {
                refuse(Fault.TF, context.bank());
            }
        }
    }

    private void findTranslation() {
        if (!servedFromCache()) {
            tableWalk.tags(context.tag(), context.stage2Tag());
            tableWalk.start(input, wanted, first, context.stage2());
            if (tableWalk.next() == Walk.Step.FAULT) {
                walked(Walk.Step.FAULT);
            }
        }
    }

    private boolean servedFromCache() {
        TranslationCache cache = lookups.caches().translations();
        long own = tag(context.tag());
        if (lookups.conflicts() && conflict(cache, own)) {
            refuse(Fault.TLBMCF, context.bank());
            return true;
        }
        int slot =
                first == null ? cache.find(own, input) : cache.find(Tags.global(own), own, input);
        if (slot == TaggedCache.MISS || !cache.serves(slot, wanted)) {
            return false;
        }
        leaf = cache.leaf(slot);
        translated(cache.output(slot, input), cache.shift(slot), cache.permissions(slot));
        return true;
    }

    private boolean conflict(TranslationCache cache, long own) {
        int global = first == null ? 0 : cache.covering(Tags.global(own), input);
        return global + cache.covering(own, input) > 1;
    }

    private long tag(long ofContext) {
        return Tags.withPrivilege(ofContext, (wanted & Access.PRIVILEGED) != 0);
    }

    @Override
    protected Walk walk() {
        return tableWalk;
    }

    @Override
    protected long mergeTag() {
        return context.tag();
    }

    @Override
    protected long mergeAddress() {
        return input >>> PAGE_SHIFT;
    }

    @Override
    protected void walked(Walk.Step end) {
        TableWalk tables = tableWalk.tables();
        if (end == Walk.Step.FAULT) {
            boolean ofStage2 = tables.faultStage() == 2;
            intermediate = ofStage2 ? tables.intermediate() : 0;
            refuse(Fault.of(tables.fault()), ofStage2 ? context.second() : context.bank());
            return;
        }
        leaf = tables.leaf();
        boolean global = first != null && !Bits.bit(tables.entry(1), NOT_GLOBAL);
        long own = tag(context.tag());
        lookups.caches().translations().fill(global ? Tags.global(own) : own, input, tables, this);
        translated(tables.output(), tables.pageShift(), tables.permissions());
    }

    private void identity() {
        translated(address(), PAGE_SHIFT, EVERYTHING);
    }

    private void translated(long to, int shift, int granted) {
        output = to;
        pageShift = shift;
        permissions = granted;
        answered = true;
    }

    private void refuse(Fault why, ContextBank whose) {
        fault = why;
        faultBank = whose;
        answered = true;
    }

    int streamId() {
        return lookups.streams().streamId(requesterId());
    }

    /** Bank of the address translation operation that asks, or null. */
    ContextBank probed() {
        return probed;
    }

    /** Whether there is no answer yet, because a transaction of the bank is stalled. */
    boolean held() {
        return held;
    }

    /** The context, or null if none was found or looked for. */
    Context context() {
        return context;
    }

    /** Why the request was refused, or null. */
    Fault fault() {
        return fault;
    }

    /** Bank whose fault it is; null for a global fault. */
    ContextBank faultBank() {
        return faultBank;
    }

    /** Bits of {@link Access} after the stream's overrides. */
    int wanted() {
        return wanted;
    }

    /** Output address of the request's byte. */
    long output() {
        return output;
    }

    int pageShift() {
        return pageShift;
    }

    int permissions() {
        return permissions;
    }

    /** The last leaf descriptor, 0 if no table was looked at. */
    long leaf() {
        return leaf;
    }

    /** Intermediate address of a fault of stage 2, else 0. */
    long intermediate() {
        return intermediate;
    }
}
