package svasim.paging;

/**
 * The walk through page tables of one or two stages: one flat step machine with a counter of levels
 * for each stage. An object is used again for walk after walk and allocates nothing.
 *
 * <p>Nested: the address of each first-stage entry is translated by the second stage before the
 * entry is read; then the entry is checked; the output of the first stage goes to the second stage
 * only after the permissions of the first are satisfied.
 *
 * <p>An entry is checked in this order: present, reserved bits, address size; of a leaf further
 * access flag, then permission over all levels. Then its accessed bit is set, and in a leaf the
 * dirty bit if the request writes and may. An update of a first-stage entry needs write permission
 * of the second stage, which is looked up again for it if it was not known.
 *
 * <p>Paging-structure caches: after each {@link #data}, {@link #level}, {@link #table} and {@link
 * #rights} tell the table pointer that each stage has reached; {@link #resumeFirst} and {@link
 * #resumeSecond} go on from one. After a fault only {@link #next} and the questions about faults
 * have a meaning.
 */
public final class TableWalk implements Walk {
    private final StageCursor first = new StageCursor();
    private final StageCursor second = new StageCursor();

    private Stage firstStage;
    private Stage secondStage;
    private int access;

    private Step step = Step.DONE;
    private StageCursor active = first;
    private long address;
    private long replacement;

    /** On behalf of what the second stage is walked. */
    private WalkPlace purpose = WalkPlace.INPUT;

    /** The second stage is walked for an update of the first-stage entry, not for its reading. */
    private boolean forUpdate;

    private int permissions;

    private WalkFault fault;
    private WalkPlace faultPlace;
    private int faultLevel;

    /**
     * Begins a walk; what went before is forgotten.
     *
     * <p>A request that lacks permission faults, unless {@code wanted} has {@link
     * Access#TRANSLATION_REQUEST}: then the walk ends DONE, with what {@link #permissions} there
     * are. A request with {@link Access#WRITE} sets dirty bits where the write is permitted.
     *
     * @param input address to translate
     * @param wanted bits of {@link Access}
     * @param newFirst first stage, or null if there is none
     * @param newSecond second stage, or null if there is none; one of the two is there
     */
    public void start(long input, int wanted, Stage newFirst, Stage newSecond) {
        firstStage = newFirst;
        secondStage = newSecond;
        access = wanted;
        fault = null;
        forUpdate = false;
        if (newFirst == null) {
            enterSecond(input, wanted, WalkPlace.INPUT);
            return;
        }
        first.begin(newFirst, input, wanted);
        WalkFault refused = first.inputFault();
        if (refused == null) {
            fetchFirst();
        } else {
            fail(first, refused, WalkPlace.INPUT, 0);
        }
    }

    /**
     * Skips the upper levels of the first stage; called right after {@link #start}. No effect if
     * the walk has already failed.
     *
     * @param level level of the table
     * @param table its address; an intermediate address in a nested walk
     * @param rights {@link Rights} that the levels above leave, as {@link #rights} told them
     */
    public void resumeFirst(int level, long table, int rights) {
        if (step == Step.READ) {
            first.resume(level, table, rights);
            fetchFirst();
        }
    }

    /**
     * Skips the upper levels of the second stage; called while {@link #atSecondRoot} holds. No
     * effect if the walk has already failed.
     */
    public void resumeSecond(int level, long table, int rights) {
        if (step == Step.READ) {
            second.resume(level, table, rights);
            read(second, second.entryAddress());
        }
    }

    /** Whether the walk is about to read the first table of the second stage. */
    public boolean atSecondRoot() {
        return step == Step.READ && active == second && second.atRoot();
    }

    @Override
    public Step next() {
        return step;
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public int bytes() {
        return Long.BYTES;
    }

    @Override
    public long expected() {
        return active.swapped(active.entry());
    }

    @Override
    public long replacement() {
        return active.swapped(replacement);
    }

    @Override
    public void data(long low, long high) {
        StageCursor cursor = active;
        WalkFault broken = cursor.take(low);
        if (broken != null) {
            fail(cursor, broken, placeOfTable(cursor), cursor.level());
            return;
        }
        if (cursor.leaf()) {
            WalkFault refused = cursor.refusal();
            if (refused != null) {
                fail(cursor, refused, placeOfAccess(cursor), cursor.level());
                return;
            }
            if (cursor.grantsNothing()) {
                finish(0);
                return;
            }
        }
        touch(cursor);
    }

    @Override
    public void unreadable() {
        WalkFault found = step == Step.READ ? WalkFault.UNREADABLE : WalkFault.UPDATE_FAILED;
        fail(active, found, placeOfTable(active), active.level());
    }

    @Override
    public void updated(boolean won) {
        if (won) {
            active.replace(replacement);
            goOn(active);
        } else {
            step = Step.READ;
        }
    }

    private void fetchFirst() {
        long entryAddress = first.entryAddress();
        if (secondStage == null) {
            read(first, entryAddress);
        } else {
            enterSecond(entryAddress, Access.READ | Access.OF_TABLE, ownPlace(first));
        }
    }

    private void enterSecond(long input, int wanted, WalkPlace onBehalfOf) {
        purpose = onBehalfOf;
        second.begin(secondStage, input, wanted);
        WalkFault refused = second.inputFault();
        if (refused == null) {
            read(second, second.entryAddress());
        } else {
            fail(second, refused, onBehalfOf, 0);
        }
    }

    private void read(StageCursor cursor, long newAddress) {
        active = cursor;
        address = newAddress;
        step = Step.READ;
    }

    private void touch(StageCursor cursor) {
        long touched = cursor.touched();
        if (touched == cursor.entry()) {
            goOn(cursor);
            return;
        }
        if (!cursor.mayUpdate()) {
            fail(cursor, WalkFault.UPDATE_NOT_SNOOPED, placeOfTable(cursor), cursor.level());
            return;
        }
        replacement = touched;
        if (cursor == first && secondStage != null && !secondTakesWrites()) {
            forUpdate = true;
            enterSecond(first.entryAddress(), Access.WRITE | Access.OF_TABLE, ownPlace(first));
        } else {
            step = Step.UPDATE;
        }
    }

    /** Whether the page of the first-stage entry just read is known to be writable and dirty. */
    private boolean secondTakesWrites() {
        return (second.granted() & Access.WRITE) != 0 && second.dirtyKnown();
    }

    /** The entry is used and needs no more updates. */
    private void goOn(StageCursor cursor) {
        if (!cursor.leaf()) {
            cursor.descend();
            if (cursor == first) {
                fetchFirst();
            } else {
                read(second, second.entryAddress());
            }
        } else if (cursor == first) {
            leaveFirst();
        } else {
            leaveSecond();
        }
    }

    private void leaveFirst() {
        if (secondStage == null) {
            finish(first.granted());
        } else {
            int wanted = access & ~(Access.WRITE & ~first.granted());
            enterSecond(first.output(), wanted, WalkPlace.INPUT);
        }
    }

    private void leaveSecond() {
        if (purpose == WalkPlace.INPUT) {
            int granted = second.granted();
            finish(firstStage == null ? granted : granted & first.granted());
            return;
        }
        read(first, second.output());
        if (forUpdate) {
            forUpdate = false;
            replacement = first.touched();
            step = Step.UPDATE;
        }
    }

    private void finish(int granted) {
        permissions = granted;
        step = Step.DONE;
    }

    private void fail(StageCursor cursor, WalkFault what, WalkPlace place, int level) {
        active = cursor;
        fault = what;
        faultPlace = place;
        faultLevel = level;
        step = Step.FAULT;
    }

    private WalkPlace placeOfTable(StageCursor cursor) {
        return cursor == first ? ownPlace(first) : purpose;
    }

    private WalkPlace placeOfAccess(StageCursor cursor) {
        return cursor == first ? WalkPlace.INPUT : purpose;
    }

    private static WalkPlace ownPlace(StageCursor cursor) {
        return cursor.atRoot() ? WalkPlace.ROOT : WalkPlace.TABLE;
    }

    private StageCursor cursor(int stage) {
        return stage == 1 ? first : second;
    }

    /** 1 or 2: the stage whose entry is wanted next. */
    public int stage() {
        return active == first ? 1 : 2;
    }

    /**
     * Level of the table that a stage has reached.
     *
     * @param stage 1 or 2
     */
    public int level(int stage) {
        return cursor(stage).level();
    }

    /** Address of the table that a stage has reached; stage 1 of a nested walk: intermediate. */
    public long table(int stage) {
        return cursor(stage).table();
    }

    /** {@link Rights} that the levels above that table leave. */
    public int rights(int stage) {
        return cursor(stage).inherited();
    }

    /**
     * Input of the second stage: the intermediate address (guest physical address, IPA) that it
     * translates now or translated last.
     */
    public long intermediate() {
        return second.input();
    }

    /** Output address of the input's byte. Of no meaning if {@link #permissions} is 0. */
    public long output() {
        return secondStage == null ? first.output() : second.output();
    }

    /** log2 of the smallest leaf on the way. */
    public int pageShift() {
        if (firstStage == null) {
            return second.pageShift();
        }
        return secondStage == null
                ? first.pageShift()
                : Math.min(first.pageShift(), second.pageShift());
    }

    /** As {@link #pageShift}, but of contiguous groups of leaves where the leaves are in one. */
    public int groupShift() {
        if (firstStage == null) {
            return second.groupShift();
        }
        return secondStage == null
                ? first.groupShift()
                : Math.min(first.groupShift(), second.groupShift());
    }

    /**
     * {@link Access} bits (read, write, execute) that all stages grant to the privilege of this
     * request. Not valid for the other privilege.
     */
    public int permissions() {
        return permissions;
    }

    /** The entry that a stage has read last, as it is after updates; its leaf after DONE. */
    public long entry(int stage) {
        return cursor(stage).entry();
    }

    /** The last leaf, as it is after updates. */
    public long leaf() {
        return secondStage == null ? first.entry() : second.entry();
    }

    /**
     * Whether a later write through this translation needs no update of a dirty bit. If not, write
     * permission must not be cached: hardware has to walk again for the first write.
     */
    public boolean dirtyKnown() {
        return (firstStage == null || first.dirtyKnown())
                && (secondStage == null || second.dirtyKnown());
    }

    /** What went wrong, or null. */
    public WalkFault fault() {
        return fault;
    }

    /** 1 or 2. */
    public int faultStage() {
        return stage();
    }

    /**
     * Level of the entry that is at fault; 0 for {@link WalkFault#INPUT_RANGE}. {@link
     * Stage#startLevel} means the table that the context points to.
     */
    public int faultLevel() {
        return faultLevel;
    }

    /** See {@link WalkPlace}. */
    public WalkPlace faultPlace() {
        return faultPlace;
    }
}
