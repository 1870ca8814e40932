package svasim.iommu.vtd;

import svasim.iommu.core.RequestKind;
import svasim.paging.Walk;

/**
 * The way from RTADDR to the context entry and the PASID-table entry of a request, with its checks
 * in the order of the reference (vtd.md, 2). What is known from caches is handed in after {@link
 * #start}.
 */
final class ConfigurationWalk implements Walk {
    private static final int QUARTERS = 4;

    /** What is read or known next. */
    private enum Stop {
        ROOT,
        CONTEXT,
        /** The second half of a scalable-mode context entry. */
        CONTEXT_TAIL,
        DIRECTORY,
        /** One of the four quarters of a PASID entry. */
        PASID,
        DONE,
        FAULT
    }

    private final ConfigurationRules rules;

    private RequestKind kind;
    private int requesterId;
    private boolean hasPasid;
    private boolean scalable;
    private boolean ioPermissions;

    private Stop stop = Stop.DONE;
    private long address;
    private int quarter;
    private FaultReason fault;
    private boolean suppressed;

    private boolean contextLegal;
    private boolean pasidLegal;
    private long contextLow;
    private long contextHigh;
    private int pasid;

    /** Words of the PASID entry that have a meaning. */
    private final long[] pasidEntry = new long[Caches.PASID_WORDS];

    ConfigurationWalk(ConfigurationRules rules) {
        this.rules = rules;
    }

    /**
     * Begins a walk.
     *
     * @param rootAddress RTADDR as it was latched
     * @param explicitPasid PASID of the request
     */
    void start(RequestKind what, int requester, int explicitPasid, long rootAddress) {
        kind = what;
        requesterId = requester;
        hasPasid = explicitPasid >= 0;
        pasid = explicitPasid;
        ioPermissions = rules.ioPermissions(rootAddress);
        scalable = RootTable.mode(rootAddress) == RootTable.SCALABLE;
        fault = null;
        suppressed = false;
        contextLegal = false;
        pasidLegal = false;
        address = RootTable.entryAddress(rootAddress, requester);
        stop = Stop.ROOT;
        check(rules.root(rootAddress));
        if (fault == null && !scalable) {
            check(refusedInLegacyMode());
        }
    }

    private FaultReason refusedInLegacyMode() {
        if (kind == RequestKind.PAGE_REQUEST) {
            return FaultReason.PAGE_REQUEST_IN_LEGACY_MODE;
        }
        return hasPasid ? FaultReason.PASID_IN_LEGACY_MODE : null;
    }

    /** Whether the context entry would be read next but for the root entry. */
    boolean wantsContext() {
        return stop == Stop.ROOT;
    }

    /** Whether the PASID entry would be read next but for the directory. */
    boolean wantsPasid() {
        return stop == Stop.DIRECTORY;
    }

    /** The context entry is known from a cache: it was legal when it was filled, or absent. */
    void knownContext(long low, long high) {
        contextLow = low;
        contextHigh = high;
        if (scalable) {
            suppressed |= ScalableContext.faultsSuppressed(low);
            check(ScalableContext.present(low) ? null : FaultReason.SM_CONTEXT_NOT_PRESENT);
        } else {
            suppressed |= LegacyContext.faultsSuppressed(low);
            check(LegacyContext.present(low) ? null : FaultReason.CONTEXT_NOT_PRESENT);
        }
        if (fault == null) {
            leaveContext();
        }
    }

    private void leaveContext() {
        if (scalable) {
            leaveScalableContext();
        } else {
            leaveLegacyContext();
        }
    }

    /**
     * The PASID entry is known from a cache: it was legal when it was filled, or absent.
     *
     * @param words its words 0 to 5
     */
    void knownPasid(long[] words, boolean faultsSuppressed) {
        suppressed |= faultsSuppressed;
        System.arraycopy(words, 0, pasidEntry, 0, pasidEntry.length);
        check(pasidPresent());
        if (fault == null) {
            leavePasid();
        }
    }

    private FaultReason pasidPresent() {
        return PasidTableEntry.present(pasidEntry[0]) ? null : FaultReason.PASID_NOT_PRESENT;
    }

    @Override
    public Step next() {
        return switch (stop) {
            case DONE -> Step.DONE;
            case FAULT -> Step.FAULT;
            default -> Step.READ;
        };
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public int bytes() {
        return stop == Stop.DIRECTORY ? Long.BYTES : 2 * Long.BYTES;
    }

    @Override
    public void data(long low, long high) {
        switch (stop) {
            case ROOT -> takeRoot(low, high);
            case CONTEXT -> takeContext(low, high);
            case CONTEXT_TAIL -> takeContextTail(low, high);
            case DIRECTORY -> takeDirectory(low);
            default -> takePasid(low, high);
        }
    }

    @Override
    public void unreadable() {
        check(
                switch (stop) {
                    case ROOT ->
                            scalable ? FaultReason.SM_ROOT_UNREADABLE : FaultReason.ROOT_UNREADABLE;
                    case CONTEXT, CONTEXT_TAIL ->
                            scalable
                                    ? FaultReason.SM_CONTEXT_UNREADABLE
                                    : FaultReason.CONTEXT_UNREADABLE;
                    case DIRECTORY -> FaultReason.DIRECTORY_UNREADABLE;
                    default -> FaultReason.PASID_UNREADABLE;
                });
    }

    @Override
    public long expected() {
        return 0;
    }

    @Override
    public long replacement() {
        return 0;
    }

    @Override
    public void updated(boolean won) {
        throw new IllegalStateException("configuration entries are not updated");
    }

    private void takeRoot(long low, long high) {
        long word = scalable && ScalableContext.upperHalf(requesterId) ? high : low;
        check(scalable ? rules.scalableRoot(word) : rules.legacyRoot(low, high));
        if (fault == null) {
            long table = RootTable.contextTable(word);
            address =
                    scalable
                            ? ScalableContext.address(table, requesterId)
                            : LegacyContext.address(table, requesterId);
            stop = Stop.CONTEXT;
        }
    }

    private void takeContext(long low, long high) {
        contextLow = low;
        contextHigh = high;
        if (!scalable) {
            suppressed |= LegacyContext.faultsSuppressed(low);
            check(rules.legacyContext(low, high));
            if (fault == null) {
                leaveLegacyContext();
            }
            return;
        }
        suppressed |= ScalableContext.faultsSuppressed(low);
        if (ScalableContext.present(low)) {
            address += 2 * Long.BYTES;
            stop = Stop.CONTEXT_TAIL;
        } else {
            check(FaultReason.SM_CONTEXT_NOT_PRESENT);
        }
    }

    private void takeContextTail(long low, long high) {
        check(
                (low | high) != 0
                        ? FaultReason.SM_CONTEXT_RESERVED
                        : rules.scalableContext(contextLow, contextHigh));
        if (fault == null) {
            leaveScalableContext();
        }
    }

    private void leaveLegacyContext() {
        contextLegal = true;
        stop = Stop.DONE;
        boolean ats = kind == RequestKind.TRANSLATION_REQUEST || kind == RequestKind.TRANSLATED;
        if (ats && LegacyContext.translationType(contextLow) != LegacyContext.TRANSLATE_AND_ATS) {
            check(FaultReason.ATS_BLOCKED);
        }
    }

    private void leaveScalableContext() {
        contextLegal = true;
        check(refusedByContext());
        if (fault != null) {
            return;
        }
        if (!hasPasid) {
            pasid = ScalableContext.ridPasid(contextHigh);
        }
        if (kind == RequestKind.TRANSLATED && !ScalableContext.checksPermissions(contextLow)) {
            stop = Stop.DONE;
            return;
        }
        address = PasidDirectory.entryAddress(ScalableContext.directory(contextLow), pasid);
        stop = Stop.DIRECTORY;
    }

    /** 44h to 49h, then 89h. */
    private FaultReason refusedByContext() {
        boolean ats = kind == RequestKind.TRANSLATION_REQUEST || kind == RequestKind.TRANSLATED;
        if (ats && !ScalableContext.atsAllowed(contextLow)) {
            return FaultReason.SM_ATS_BLOCKED;
        }
        if (hasPasid && !ScalableContext.pasidAllowed(contextLow)) {
            return FaultReason.PASID_BLOCKED;
        }
        if (hasPasid && ScalableContext.beyondDirectory(contextLow, pasid)) {
            return FaultReason.PASID_BEYOND_DIRECTORY;
        }
        if (kind == RequestKind.PAGE_REQUEST && !ScalableContext.pageRequestsAllowed(contextLow)) {
            return FaultReason.PAGE_REQUEST_BLOCKED;
        }
        if (hasPasid && pasid == ScalableContext.ridPasid(contextHigh)) {
            return FaultReason.PASID_IS_RID_PASID;
        }
        boolean translatedWithPasid = kind == RequestKind.TRANSLATED && hasPasid;
        if (translatedWithPasid && !ScalableContext.translatedWithPasid(contextLow)) {
            return FaultReason.TRANSLATED_WITH_PASID;
        }
        return hasPasid && rules.pasidTooWide(pasid) ? FaultReason.PASID_TOO_WIDE : null;
    }

    private void takeDirectory(long word) {
        suppressed |= PasidDirectory.faultsSuppressed(word);
        check(rules.directory(word));
        if (fault == null) {
            address = PasidDirectory.pasidEntryAddress(word, pasid);
            quarter = 0;
            stop = Stop.PASID;
        }
    }

    private void takePasid(long low, long high) {
        if (quarter < QUARTERS - 1) {
            pasidEntry[2 * quarter] = low;
            pasidEntry[2 * quarter + 1] = high;
        }
        switch (quarter) {
            case 0 -> {
                suppressed |= PasidTableEntry.faultsSuppressed(low);
                check(pasidPresent());
            }
            case 1 -> check(high == 0 ? null : FaultReason.PASID_RESERVED);
            case 2 -> check(rules.permissionWords(low, high));
            default -> check((low | high) == 0 ? null : FaultReason.PASID_RESERVED);
        }
        address += 2 * Long.BYTES;
        if (fault == null && ++quarter == QUARTERS) {
            check(rules.pasidEntry(pasidEntry[0], pasidEntry[1], pasidEntry[2]));
            if (fault == null) {
                leavePasid();
            }
        }
    }

    private void leavePasid() {
        pasidLegal = true;
        stop = Stop.DONE;
    }

    private void check(FaultReason found) {
        if (found != null) {
            fault = found;
            stop = Stop.FAULT;
        }
    }

    /** Null if the walk is done without a fault. */
    FaultReason fault() {
        return fault;
    }

    /** FPD of the entries visited. */
    boolean faultsSuppressed() {
        return suppressed;
    }

    /** Whether translated requests are held against the host permission table. */
    boolean checksPermissions() {
        return scalable && ScalableContext.checksPermissions(contextLow);
    }

    /** Whether second-stage entries permit by IR and IW. */
    boolean ioPermissions() {
        return ioPermissions;
    }

    boolean scalable() {
        return scalable;
    }

    /** Whether the context entry may be cached. */
    boolean contextLegal() {
        return contextLegal;
    }

    /** Whether the walk ended at a context entry that is not present. */
    boolean contextAbsent() {
        return fault == FaultReason.CONTEXT_NOT_PRESENT
                || fault == FaultReason.SM_CONTEXT_NOT_PRESENT;
    }

    /** Whether the PASID entry may be cached. */
    boolean pasidLegal() {
        return pasidLegal;
    }

    long contextLow() {
        return contextLow;
    }

    long contextHigh() {
        return contextHigh;
    }

    /** PASID that selects the entry: that of the request, or RID_PASID. */
    int pasid() {
        return pasid;
    }

    /** One of the words of the PASID entry that have a meaning. */
    long pasidWord(int index) {
        return pasidEntry[index];
    }
}
