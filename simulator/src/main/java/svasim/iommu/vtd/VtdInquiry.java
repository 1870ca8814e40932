package svasim.iommu.vtd;

import svasim.iommu.core.CachedTableWalk;
import svasim.iommu.core.Inquiry;
import svasim.iommu.core.RequestKind;
import svasim.iommu.core.TranslationCache;
import svasim.memory.TaggedCache;
import svasim.paging.Access;
import svasim.paging.TableWalk;
import svasim.paging.Walk;
import svasim.paging.WalkFault;

/** One request in a VT-d unit: configuration, then IOTLB or tables, in the order of vtd.md, 2. */
final class VtdInquiry extends Inquiry {
    private static final int PAGE_SHIFT = 12;
    private static final int INTERRUPT_SHIFT = 20;
    private static final long INTERRUPT_RANGE = 0xFEE;
    private static final long CONFIGURATION = 1L << 62;
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    private final RemappingMode mode;
    private final ProtectedMemory protectedMemory;
    private final Caches caches;
    private final TranslationCache iotlb;
    private final Configuration configuration;
    private final CachedTableWalk tables;
    private final long aboveHost;
    private final boolean noWriteHonoured;
    private final boolean executeRequests;

    private boolean configured;
    private boolean done;
    private long tag;
    private int wanted;

    private FaultReason fault;
    private boolean off;
    private boolean untranslatedOnly;
    private long output;
    private int pageShift;
    private int permissions;
    private long leaf;

    VtdInquiry(
            RemappingMode mode,
            ProtectedMemory protectedMemory,
            Caches caches,
            Capabilities capabilities,
            Configuration configuration) {
        this.mode = mode;
        this.protectedMemory = protectedMemory;
        this.caches = caches;
        this.iotlb = caches.iotlb;
        this.configuration = configuration;
        this.tables =
                new CachedTableWalk(caches.firstStructures, caches.secondStructures, this::serial);
        this.aboveHost = capabilities.aboveHost();
        this.noWriteHonoured = capabilities.has("ECAP.NWFS");
        this.executeRequests = capabilities.executeRequests();
    }

    @Override
    protected void begin() {
        configured = false;
        done = false;
        fault = null;
        off = false;
        untranslatedOnly = false;
        leaf = 0;
        permissions = 0;
    }

    @Override
    protected Progress proceed(long nowPs) {
        if (!done && !configured) {
            configure();
            if (!done && !configured) {
                return Progress.WALK;
            }
        }
        if (!done) {
            lookUp();
        }
        return done ? Progress.ANSWERED : Progress.WALK;
    }

    @Override
    protected Walk walk() {
        return configured ? tables : configuration.walk();
    }

    @Override
    protected long mergeTag() {
        return configured ? tag : CONFIGURATION | requesterId();
    }

    @Override
    protected long mergeAddress() {
        return configured ? address() >>> PAGE_SHIFT : pasid();
    }

    @Override
    protected void walked(Walk.Step end) {
        if (!configured) {
            endConfiguration();
        } else if (end == Walk.Step.DONE) {
            endTables();
        } else {
            fail(faultOfWalk());
            if (caches.keepsAbsent && tables.tables().fault() == WalkFault.NOT_PRESENT) {
                keepAbsent();
            }
        }
    }

    /** The page is not present: an entry without permissions, with the reason for its leaf. */
    private void keepAbsent() {
        iotlb.fill(tag, address(), PAGE_SHIFT, 0, 0, false, fault.ordinal(), this);
    }

    private FaultReason faultOfWalk() {
        if (kind() == RequestKind.TRANSLATED) {
            return WalkFaults.permissions(tables.tables().fault());
        }
        return configuration.walk().scalable()
                ? WalkFaults.scalable(tables.tables(), configuration.second())
                : WalkFaults.legacy(tables.tables(), configuration.second(), wanted);
    }

    private void configure() {
        if (!mode.translating()) {
            off = true;
            identity(READ_WRITE);
            finishUntranslated();
            return;
        }
        Walk.Step step = configuration.begin(kind(), requesterId(), pasid(), mode.rootAddress());
        if (step != Walk.Step.READ) {
            endConfiguration();
        }
    }

    private void endConfiguration() {
        configuration.end(serial());
        if (configuration.walk().fault() != null) {
            fail(configuration.walk().fault());
            return;
        }
        configured = true;
        switch (kind()) {
            case PAGE_REQUEST -> done = true;
            case TRANSLATED -> passTranslated();
            default -> prepare();
        }
    }

    private void passTranslated() {
        if (!configuration.checksPermissions()) {
            passThrough(READ_WRITE);
        } else if (configuration.permissions() == null) {
            fail(FaultReason.PERMISSION_TABLE_SIZE);
        } else {
            wanted = access() & READ_WRITE;
            tag = Tags.permission(configuration.permissionDomain());
        }
    }

    /** What the tables are asked for, and the requests that need no tables. */
    private void prepare() {
        boolean privileged = hasPasid() ? wants(Access.PRIVILEGED) : configuration.ridPrivileged();
        wanted = access() & ~Access.PRIVILEGED;
        if (!executeRequests) {
            wanted &= ~Access.EXECUTE;
        }
        if (privileged) {
            wanted |= Access.PRIVILEGED;
        }
        if (kind() == RequestKind.TRANSLATION_REQUEST && !noWriteHonoured) {
            wanted |= Access.WRITE;
        }
        tag =
                Tags.translation(
                        configuration.domain(),
                        configuration.pasid(),
                        configuration.kind(),
                        privileged);
        if ((wanted & Access.EXECUTE) != 0 && configuration.executeBlocked()) {
            fail(FaultReason.EXECUTE_BLOCKED);
        } else if (privileged && configuration.supervisorBlocked()) {
            fail(FaultReason.SUPERVISOR_BLOCKED);
        } else if (!hasPasid() && inInterruptRange(address())) {
            interruptRange();
        } else if (configuration.first() == null && configuration.second() == null) {
            passThrough(wanted & READ_WRITE);
        }
    }

    /** Without PASID, the interrupt range is no memory: only untranslated writes reach it. */
    private void interruptRange() {
        done = true;
        identity(READ_WRITE);
        if (kind() == RequestKind.TRANSLATION_REQUEST) {
            permissions = noWrite() ? 0 : Access.WRITE;
            untranslatedOnly = !noWrite();
        }
    }

    /** The address is that of the host already. */
    private void passThrough(int granted) {
        if ((address() & aboveHost) != 0) {
            fail(scalable(FaultReason.BEYOND_WIDTH, FaultReason.SM_OUTPUT_BEYOND_WIDTH));
            return;
        }
        identity(granted);
        finishUntranslated();
        refuseInterruptRange();
    }

    /** Without translation there are only the protected regions to keep away from. */
    private void finishUntranslated() {
        done = true;
        if (protectedMemory.holds(output)) {
            fail(FaultReason.PROTECTED_MEMORY);
        }
    }

    private void lookUp() {
        int slot = iotlb.find(tag, address());
        if (slot != TaggedCache.MISS && iotlb.permissions(slot) == 0) {
            fail(absent((int) iotlb.leaf(slot)));
            return;
        }
        if (slot != TaggedCache.MISS && iotlb.serves(slot, wanted)) {
            output = iotlb.output(slot, address());
            pageShift = iotlb.shift(slot);
            permissions = iotlb.permissions(slot);
            leaf = iotlb.leaf(slot);
            succeed();
            return;
        }
        if (kind() == RequestKind.TRANSLATED) {
            tables.tags(0, tag);
            tables.start(address(), wanted, null, configuration.permissions());
            return;
        }
        tables.tags(
                Tags.space(configuration.domain(), configuration.pasid()),
                Tags.domain(configuration.domain()));
        tables.start(address(), wanted, configuration.first(), configuration.second());
    }

    /** Legacy mode names the access, not the table, that was refused. */
    private FaultReason absent(int reason) {
        if (configuration.walk().scalable()) {
            return FaultReason.values()[reason];
        }
        return (wanted & Access.WRITE) != 0 ? FaultReason.WRITE_REFUSED : FaultReason.READ_REFUSED;
    }

    private void endTables() {
        TableWalk walk = tables.tables();
        output = walk.output();
        pageShift = walk.pageShift();
        permissions = walk.permissions();
        leaf = walk.leaf();
        if (permissions != 0) {
            iotlb.fill(
                    tag, address(), pageShift, output, permissions, walk.dirtyKnown(), leaf, this);
        }
        succeed();
    }

    private void succeed() {
        if (kind() == RequestKind.TRANSLATED) {
            passThrough(READ_WRITE);
            return;
        }
        done = true;
        permissions &= READ_WRITE | wanted & Access.EXECUTE;
        if (kind() == RequestKind.TRANSLATION_REQUEST && (wanted & Access.WRITE) == 0) {
            permissions &= ~Access.WRITE;
        }
        if (permissions != 0) {
            refuseInterruptRange();
        }
    }

    private void refuseInterruptRange() {
        if (inInterruptRange(output)) {
            fail(scalable(FaultReason.INTERRUPT_RANGE, FaultReason.SM_INTERRUPT_RANGE));
        }
    }

    private void identity(int granted) {
        output = address();
        pageShift = PAGE_SHIFT;
        permissions = granted;
    }

    private void fail(FaultReason reason) {
        fault = reason;
        done = true;
    }

    private FaultReason scalable(FaultReason inLegacyMode, FaultReason inScalableMode) {
        return configuration.walk().scalable() ? inScalableMode : inLegacyMode;
    }

    private static boolean inInterruptRange(long address) {
        return address >>> INTERRUPT_SHIFT == INTERRUPT_RANGE;
    }

    /** Null if the request is translated. */
    FaultReason fault() {
        return fault;
    }

    /** Whether the fault is not to be recorded. */
    boolean suppressed() {
        return fault == FaultReason.PROTECTED_MEMORY
                || fault.qualified() && configuration.walk().faultsSuppressed();
    }

    /** Whether translation was off. */
    boolean off() {
        return off;
    }

    long output() {
        return output;
    }

    int pageShift() {
        return pageShift;
    }

    /** READ, WRITE and EXECUTE as the completion of a Translation Request states them. */
    int permissions() {
        return permissions;
    }

    /** U of a translation completion. */
    boolean untranslatedOnly() {
        return untranslatedOnly;
    }

    /** Whether privileged software asks, as the tables see it. */
    boolean privileged() {
        return hasPasid() && wants(Access.PRIVILEGED);
    }

    /** The last table entry on the way, 0 if no table was used. */
    long leaf() {
        return leaf;
    }

    /** What the tables say about the requester; valid if there is no fault. */
    Configuration configuration() {
        return configuration;
    }
}
