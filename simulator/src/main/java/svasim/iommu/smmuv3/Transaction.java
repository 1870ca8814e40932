package svasim.iommu.smmuv3;

import svasim.iommu.core.CachedTableWalk;
import svasim.iommu.core.Inquiry;
import svasim.iommu.core.RequestKind;
import svasim.memory.TaggedCache;
import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.paging.TableWalk;
import svasim.paging.Walk;

/** One request on its way: stream, context, then translation (3.3, and the order of 7.3.22). */
final class Transaction extends Inquiry {
    /** What has to be found next. */
    private enum Need {
        STREAM,
        CONTEXT,
        TRANSLATION,
        NOTHING
    }

    private static final long MERGE_STREAM = 1L << 60;
    private static final long MERGE_CONTEXT = 1L << 61;
    private static final int SUBSTREAM_BITS = 20;
    private static final int PAGE_SHIFT = 12;

    private final Lookups lookups;
    private final StreamWalk streamWalk;
    private final ContextWalk contextWalk;
    private final CachedTableWalk tableWalk;

    private Need need;
    private Stream stream;
    private Context context;
    private Path path;
    private int wanted;
    private Stage first;
    private Stage second;
    private long input;
    private long tag;

    private Fault fault;
    private long output;
    private int pageShift;
    private int permissions;
    private long leaf;
    private boolean dirtyKnown;

    Transaction(Lookups lookups) {
        this.lookups = lookups;
        this.streamWalk = lookups.newStreamWalk();
        this.contextWalk = lookups.newContextWalk();
        this.tableWalk = lookups.newTableWalk(this::serial);
    }

    @Override
    protected void begin() {
        need = Need.STREAM;
        stream = null;
        context = null;
        path = null;
        fault = null;
        wanted = access();
        tag = 0;
        leaf = 0;
        permissions = 0;
        dirtyKnown = true;
    }

    @Override
    protected Progress proceed(long nowPs) {
        while (need != Need.NOTHING) {
            boolean known =
                    switch (need) {
                        case STREAM -> findStream();
                        case CONTEXT -> findContext();
                        default -> findTranslation();
                    };
            if (!known) {
                return Progress.WALK;
            }
        }
        return Progress.ANSWERED;
    }

    private boolean findStream() {
        Path direct = lookups.paths().withoutStream(this);
        if (direct != null) {
            take(direct);
            return true;
        }
        if (lookups.conflicts() && lookups.configuration().conflict(requesterId())) {
            refuse(Fault.configuration(Event.F_CFG_CONFLICT, wanted, address()));
            return true;
        }
        Stream cached = lookups.configuration().stream(requesterId());
        if (cached != null) {
            admit(cached);
            return true;
        }
        streamWalk.start(lookups.streamTable(), requesterId());
        return finished(streamWalk);
    }

    /** A walk may end before it has read anything. */
    private boolean finished(Walk walk) {
        if (walk.next() != Walk.Step.FAULT) {
            return false;
        }
        walked(Walk.Step.FAULT);
        return true;
    }

    private void admit(Stream found) {
        stream = found;
        wanted = lookups.attributes().effective(this, found);
        if (kind() == RequestKind.PAGE_REQUEST) {
            need = Need.NOTHING;
        } else {
            take(lookups.paths().of(this, found));
        }
    }

    private void take(Path chosen) {
        path = chosen;
        if (chosen.refusal() != null) {
            refuse(refusal(chosen.refusal()));
        } else if (chosen == Path.IDENTITY) {
            translated(address(), PAGE_SHIFT, Access.READ | Access.WRITE | Access.EXECUTE);
        } else {
            need = chosen == Path.ALL_STAGES && stream.stage1() ? Need.CONTEXT : Need.TRANSLATION;
        }
    }

    private Fault refusal(Event event) {
        return event == Event.F_ADDR_SIZE
                ? Fault.stage1(event, wanted, address())
                : Fault.configuration(event, wanted, address());
    }

    private boolean findContext() {
        int index = hasPasid() ? pasid() : 0;
        context = lookups.configuration().context(requesterId(), index);
        if (context != null) {
            need = Need.TRANSLATION;
            return true;
        }
        contextWalk.start(stream, index);
        return finished(contextWalk);
    }

    private boolean findTranslation() {
        second = stream.second();
        first = null;
        input = address();
        if (context == null) {
            tag = Tags.stage2(stream.vmid());
        } else if (!enterContext()) {
            refuse(Fault.stage1(Event.F_TRANSLATION, wanted, address()));
            return true;
        }
        if (!splitStage() && servedFromCache()) {
            return true;
        }
        tableWalk.tags(tag, Tags.stage2(stream.vmid()));
        tableWalk.start(input, wanted, first, second);
        return finished(tableWalk);
    }

    /** Selects stage 1; false if there are no walks in its half. */
    private boolean enterContext() {
        int half = Context.half(address(), stream.world());
        first = context.stage(half);
        input = context.canonical(address(), half);
        tag = Tags.stage1(stream.world(), stream.vmid(), context.asid());
        if (context.descriptor().ownAsidSet()) {
            tag |= Tags.OWN_SET;
        }
        return first != null;
    }

    /** Whether the answer is the output of stage 1, which the caches do not hold. */
    private boolean splitStage() {
        return kind() == RequestKind.TRANSLATION_REQUEST
                && lookups.paths().effectiveAts(stream) == StreamTableEntry.ATS_SPLIT;
    }

    private boolean servedFromCache() {
        Translations cache = lookups.translations();
        boolean privileged = (wanted & Access.PRIVILEGED) != 0;
        if (lookups.conflicts() && cache.conflict(tag, input, privileged, first != null)) {
            refuse(Fault.configuration(Event.F_TLB_CONFLICT, wanted, address()));
            return true;
        }
        int slot = cache.find(tag, input, privileged, first != null);
        if (slot == TaggedCache.MISS || !cache.serves(slot, wanted)) {
            return false;
        }
        leaf = cache.leaf(slot);
        dirtyKnown = cache.dirtyKnown(slot);
        translated(cache.output(slot, input), cache.shift(slot), cache.permissions(slot));
        return true;
    }

    @Override
    protected Walk walk() {
        return switch (need) {
            case STREAM -> streamWalk;
            case CONTEXT -> contextWalk;
            default -> tableWalk;
        };
    }

    @Override
    protected long mergeTag() {
        return switch (need) {
            case STREAM -> MERGE_STREAM | Integer.toUnsignedLong(requesterId());
            case CONTEXT ->
                    MERGE_CONTEXT
                            | Integer.toUnsignedLong(requesterId()) << SUBSTREAM_BITS
                            | (hasPasid() ? pasid() : 0);
            default -> tag;
        };
    }

    @Override
    protected long mergeAddress() {
        return need == Need.TRANSLATION ? input >>> PAGE_SHIFT : 0;
    }

    @Override
    protected void walked(Walk.Step end) {
        boolean found = end == Walk.Step.DONE;
        switch (need) {
            case STREAM -> streamWalked(found);
            case CONTEXT -> contextWalked(found);
            default -> tablesWalked(found);
        }
    }

    private void streamWalked(boolean found) {
        if (!found) {
            long where = streamWalk.address();
            refuse(Fault.fetch(streamWalk.fault(), wanted, address(), where));
            return;
        }
        Stream decoded = lookups.decoder().stream(streamWalk.entry());
        lookups.configuration().keep(requesterId(), decoded, serial());
        admit(decoded);
    }

    private void contextWalked(boolean found) {
        if (!found) {
            refuse(Faults.ofContext(contextWalk, wanted, address()));
            return;
        }
        context = lookups.decoder().context(contextWalk.context(), stream.world());
        lookups.configuration().keep(requesterId(), hasPasid() ? pasid() : 0, context, serial());
        need = Need.TRANSLATION;
    }

    private void tablesWalked(boolean found) {
        TableWalk tables = tableWalk.tables();
        if (!found) {
            refuse(Faults.ofTables(tables, wanted, address()));
            return;
        }
        leaf = tables.leaf();
        dirtyKnown = tables.dirtyKnown();
        if (tables.permissions() != 0) {
            lookups.translations().fill(tag, input, tables, this, first != null);
        }
        long address = splitStage() ? tables.intermediate() : tables.output();
        translated(address, tables.pageShift(), tables.permissions());
    }

    private void translated(long to, int shift, int granted) {
        output = to;
        pageShift = shift;
        permissions = granted;
        need = Need.NOTHING;
    }

    private void refuse(Fault why) {
        fault = why;
        need = Need.NOTHING;
    }

    /** Why the request was refused, or null. */
    Fault fault() {
        return fault;
    }

    /** The stream, or null if none was found or looked for. */
    Stream stream() {
        return stream;
    }

    /** The context, or null if none was found or looked for. */
    Context context() {
        return context;
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

    /** Whether writes need no update of a dirty state. */
    boolean dirtyKnown() {
        return dirtyKnown;
    }

    /** The last leaf descriptor, 0 if no table was looked at. */
    long leaf() {
        return leaf;
    }

    /** Tag of the translation, 0 if no table was looked at. */
    long tag() {
        return tag;
    }
}
