package svasim.paging;

/** How far one stage of a walk has come: the counter of its levels and what it has gathered. */
final class StageCursor {
    private static final int KINDS = Access.READ | Access.WRITE | Access.EXECUTE;

    private Stage stage;
    private long input;
    private int access;

    private int level;
    private long table;

    /** Rights that the levels above leave. */
    private int inherited;

    private long entry;
    private boolean leaf;

    /** Rights after {@link #entry}. */
    private int rights;

    void begin(Stage newStage, long newInput, int newAccess) {
        stage = newStage;
        input = newInput;
        access = newAccess;
        entry = StageFormat.EMPTY;
        leaf = false;
        resume(newStage.startLevel(), newStage.root(), newStage.initialRights());
    }

    void resume(int newLevel, long newTable, int newInherited) {
        level = newLevel;
        table = newTable;
        inherited = newInherited;
    }

    /** Looks at a word that was read; the answer is why the entry cannot be used, or null. */
    WalkFault take(long word) {
        long newEntry = swapped(word);
        entry = newEntry;
        WalkFault fault = stage.entryFault(newEntry, level);
        if (fault == null) {
            fault = stage.pathFault(newEntry, level, input);
        }
        if (fault != null) {
            return fault;
        }
        leaf = stage.format().leaf(newEntry, level);
        rights = inherited & stage.rights(newEntry, leaf);
        return null;
    }

    /** Why the leaf does not serve the access, or null. */
    WalkFault refusal() {
        rights = stage.combined(rights);
        WalkFault fault = stage.leafFault(entry);
        if (fault == null && (access & Access.OF_TABLE) != 0) {
            fault = stage.tableFault(entry);
        }
        if (fault != null || (access & Access.TRANSLATION_REQUEST) != 0) {
            return fault;
        }
        return Rights.refusal(rights, access, stage.zeroLengthByWrite());
    }

    /** The entry as hardware has to leave it in memory. */
    long touched() {
        long touched = stage.accessed(entry, leaf);
        boolean writes = leaf && (access & granted() & Access.WRITE) != 0;
        return writes ? stage.dirtied(touched) : touched;
    }

    /** An entry as a word of memory, or the other way round. */
    long swapped(long word) {
        return stage.bigEndian() ? Long.reverseBytes(word) : word;
    }

    boolean mayUpdate() {
        return stage.mayUpdate();
    }

    void replace(long newEntry) {
        entry = newEntry;
    }

    void descend() {
        resume(
                stage.format().nextLevel(entry, level),
                stage.format().address(entry, level),
                rights);
    }

    long entryAddress() {
        return stage.entryAddress(table, level, input);
    }

    /** The address in the page that the leaf maps. */
    long output() {
        long offset = input & (1L << pageShift()) - 1;
        return stage.format().address(entry, level) | offset;
    }

    int pageShift() {
        return stage.format().pageShift(entry, level);
    }

    /** log2 of the contiguous group of the leaf, if input and output lie alike in it. */
    int groupShift() {
        int shift = stage.format().groupShift(entry, level);
        boolean alike = ((input ^ output()) & (1L << shift) - 1) == 0;
        return alike ? shift : pageShift();
    }

    /** Access bits that the leaf grants to this access's privilege. */
    int granted() {
        return Rights.granted(rights, access);
    }

    /** Whether the leaf lets nothing through. */
    boolean grantsNothing() {
        return (granted() & KINDS) == 0;
    }

    /** Whether writes through this leaf need no further update of it. */
    boolean dirtyKnown() {
        return stage.dirtied(entry) == entry;
    }

    boolean atRoot() {
        return level == stage.startLevel();
    }

    WalkFault inputFault() {
        return stage.inputFault(input, access);
    }

    long input() {
        return input;
    }

    int level() {
        return level;
    }

    long table() {
        return table;
    }

    int inherited() {
        return inherited;
    }

    long entry() {
        return entry;
    }

    boolean leaf() {
        return leaf;
    }
}
