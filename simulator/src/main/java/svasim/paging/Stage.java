package svasim.paging;

/**
 * One stage of translation as a context selects it: format, first table, sizes and options.
 * Immutable; made once when the context is looked up, and shared by all its walks.
 *
 * <p>Made by {@link X86Stage}, {@link VtdSecondStage}, {@link VmsaStage1} and {@link VmsaStage2}.
 */
public abstract class Stage {
    private final StageFormat format;
    private final long root;
    private final int startLevel;
    private final int inputBits;

    Stage(StageFormat format, long root, int startLevel, int inputBits) {
        this.format = format;
        this.root = root;
        this.startLevel = startLevel;
        this.inputBits = inputBits;
    }

    public final StageFormat format() {
        return format;
    }

    /** Address of the first table; an intermediate address if a second stage lies below. */
    public final long root() {
        return root;
    }

    /** Level of the first table, as {@link StageFormat} counts. */
    public final int startLevel() {
        return startLevel;
    }

    /** Bits of the input that are translated. */
    public final int inputBits() {
        return inputBits;
    }

    /**
     * The input without the bits that this table's entries and those below distinguish: two inputs
     * with the same prefix use the same table of this level. A key for paging-structure caches.
     */
    public final long prefix(long input, int level) {
        int shift = format.shift(level) + indexBits(level);
        return input << Long.SIZE - inputBits >>> Long.SIZE - inputBits >>> shift;
    }

    /** Address of the entry that translates the input in a table of this level. */
    final long entryAddress(long table, int level, long input) {
        long index = input >>> format.shift(level) & (1L << indexBits(level)) - 1;
        return table + index * Long.BYTES;
    }

    /** The last input address that the table which this entry maps can translate. */
    final long lastOfTable(long entry, int level, long input) {
        int covered = format.shift(format.nextLevel(entry, level)) + format.indexBits();
        long first = input & -(1L << format.shift(level));
        return first | (1L << Math.min(covered, format.shift(level))) - 1;
    }

    /** The last input address that shares an entry of this level with the given one. */
    final long lastOfEntry(long input, int level) {
        return input | (1L << format.shift(level)) - 1;
    }

    /**
     * Bytes of the first table, which may be several tables one after the other, or part of one.
     */
    public final long rootBytes() {
        return (long) Long.BYTES << indexBits(startLevel);
    }

    private int indexBits(int level) {
        return level == startLevel ? inputBits - format.shift(level) : format.indexBits();
    }

    /** {@link WalkFault#INPUT_RANGE} if this stage does not translate the input, or null. */
    abstract WalkFault inputFault(long input, int access);

    /** Why the entry cannot be used at all, or null. */
    abstract WalkFault entryFault(long entry, int level);

    /** Why the entry does not lead on for this input, or null; levels may be skipped. */
    WalkFault pathFault(long entry, int level, long input) {
        return null;
    }

    /** {@link Rights} that what points to the first table leaves. */
    int initialRights() {
        return Rights.ALL;
    }

    /** {@link Rights} that the entry leaves. */
    abstract int rights(long entry, boolean leaf);

    /** What remains of the rights of all levels where they depend on each other. */
    int combined(int rights) {
        return rights;
    }

    /** Whether entries stand in memory with their most significant byte first. */
    boolean bigEndian() {
        return false;
    }

    /** Why tables of another stage may not lie in the page of the leaf, or null. */
    WalkFault tableFault(long leaf) {
        return null;
    }

    /** A fault of the leaf that comes before its permissions are looked at, or null. */
    WalkFault leafFault(long leaf) {
        return null;
    }

    /** Whether write permission is enough for a zero-length read. */
    boolean zeroLengthByWrite() {
        return false;
    }

    /** Whether bits may be set in entries; if not, the need for it is a fault. */
    boolean mayUpdate() {
        return true;
    }

    /** The entry with its accessed bits as hardware leaves them after use. */
    abstract long accessed(long entry, boolean leaf);

    /** Whether a write leaves the leaf as it is; always so where hardware keeps no dirty bit. */
    public final boolean isDirty(long leaf) {
        return dirtied(leaf) == leaf;
    }

    /** The leaf with its dirty bit as hardware leaves it after a write. */
    abstract long dirtied(long leaf);
}
