package svasim.paging;

/**
 * What software does to page tables of any format: maps, unmaps, protects, looks up, and takes
 * empty tables away. It invalidates nothing: that is the caller's duty.
 *
 * <p>Ranges have to be multiples of the smallest page and lie in one half of the address space. A
 * large page that lies in a range only in part is split first.
 */
public final class PageTableEditor {
    private static final int SMALLEST = 1;
    private static final long NO_SLOT = -1L;

    private final Stage stage;
    private final StageFormat format;
    private final TableMemory memory;

    /** One mapped page; addresses are those of its first byte. */
    public record Leaf(long input, long output, int pageShift, int access, long entry) {}

    /** Edits the tables of a stage, of which the first table exists already. */
    public PageTableEditor(Stage stage, TableMemory memory) {
        this.stage = stage;
        this.format = stage.format();
        this.memory = memory;
    }

    public Stage stage() {
        return stage;
    }

    /**
     * Maps one page, with the tables that it needs.
     *
     * @param pageShift log2 of the page size; input and output are multiples of it
     * @param access what the page permits; with {@link Access#PRIVILEGED}, to privileged software
     *     only
     * @throws IllegalArgumentException if the format has no such page
     * @throws IllegalStateException if something is mapped there
     */
    public void map(long input, long output, int pageShift, int access) {
        int leafLevel = format.levelOfLeaf(pageShift);
        if (leafLevel == 0 || ((input | output) & (1L << pageShift) - 1) != 0) {
            throw new IllegalArgumentException(
                    "no page of 2^" + pageShift + " at " + Long.toHexString(input));
        }
        long first = slot(input, leafLevel);
        long end = first + slots(pageShift, leafLevel) * Long.BYTES;
        for (long slot = first; slot < end; slot += Long.BYTES) {
            if (format.present(memory.load(slot), leafLevel)) {
                throw mapped(input);
            }
        }
        for (long slot = first; slot < end; slot += Long.BYTES) {
            memory.store(slot, format.sizedLeafEntry(output, pageShift, access));
        }
    }

    /** The entry of a level for an address, with the tables above it made as needed. */
    private long slot(long input, int leafLevel) {
        long table = stage.root();
        for (int level = stage.startLevel(); level > leafLevel; level--) {
            table = tableBelow(stage.entryAddress(table, level, input), level, input);
        }
        return stage.entryAddress(table, leafLevel, input);
    }

    /**
     * Writes what software notes about a page that is not there, for example where its contents
     * are; hardware looks at no bit of it but the one that says that nothing is mapped. Whatever
     * was mapped at the address is mapped no more.
     *
     * @param note an entry that is not present
     * @throws IllegalStateException if a large page is mapped there
     */
    public void note(long input, long note) {
        if (format.present(note, SMALLEST)) {
            throw new IllegalArgumentException("present: " + Long.toHexString(note));
        }
        memory.store(slot(input, SMALLEST), note);
    }

    /** The note at an address; {@link StageFormat#EMPTY} if there is none. */
    public long noteAt(long input) {
        long[] found = {StageFormat.EMPTY};
        visitNotes(input, 1L << format.granuleShift(), (at, note) -> found[0] = note);
        return found[0];
    }

    /** Tells the notes of a range. */
    public void visitNotes(long input, long bytes, NoteVisitor visitor) {
        new LeafPass(stage, memory, LeafVisitor.NONE, null).notes(visitor).over(input, bytes);
    }

    /** Whether what could be a page of this size is a table of smaller ones. */
    public boolean hasTable(long input, int pageShift) {
        return slotOfTable(input, pageShift) != NO_SLOT;
    }

    /**
     * Takes such a table, which maps nothing, out of the tree; those above it stay, even if they
     * are empty now. It may be freed when no walk and no paging-structure cache can know it.
     *
     * @return its address
     * @throws IllegalStateException if there is none
     */
    public long unlinkTable(long input, int pageShift) {
        long slot = slotOfTable(input, pageShift);
        if (slot == NO_SLOT) {
            throw new IllegalStateException("no table at 0x" + Long.toHexString(input));
        }
        long table = format.address(memory.load(slot), format.levelOfLeaf(pageShift));
        memory.store(slot, StageFormat.EMPTY);
        return table;
    }

    /** The entry that points to the table of what could be a page of this size. */
    private long slotOfTable(long input, int pageShift) {
        int leafLevel = format.levelOfLeaf(pageShift);
        long table = stage.root();
        long slot = NO_SLOT;
        for (int level = stage.startLevel(); level >= leafLevel; level--) {
            slot = stage.entryAddress(table, level, input);
            long entry = memory.load(slot);
            if (!format.present(entry, level) || format.leaf(entry, level)) {
                return NO_SLOT;
            }
            table = format.address(entry, level);
        }
        return slot;
    }

    /** Slots of a table that a page fills. */
    private long slots(int pageShift, int level) {
        return 1L << pageShift - format.shift(level);
    }

    /** The page that contains the address, or null if none does. */
    public Leaf lookup(long input) {
        long table = stage.root();
        int level = stage.startLevel();
        while (true) {
            long entry = memory.load(stage.entryAddress(table, level, input));
            if (!format.present(entry, level)) {
                return null;
            }
            long address = format.address(entry, level);
            if (format.leaf(entry, level)) {
                int shift = format.pageShift(entry, level);
                return new Leaf(
                        input & -(1L << shift), address, shift, format.access(entry), entry);
            }
            if (stage.pathFault(entry, level, input) != null) {
                return null;
            }
            table = address;
            level = format.nextLevel(entry, level);
        }
    }

    /** Tells the pages of a range; large ones that it contains in part too. */
    public void visit(long input, long bytes, LeafVisitor visitor) {
        new LeafPass(stage, memory, visitor, null).over(input, bytes);
    }

    /** Unmaps what is mapped in the range; tables stay. */
    public void unmap(long input, long bytes, LeafVisitor visitor) {
        new LeafPass(stage, memory, visitor, (entry, level) -> StageFormat.EMPTY)
                .over(input, bytes);
    }

    /** Gives all pages of the range another permission; accessed and dirty bits stay. */
    public void protect(long input, long bytes, int access, LeafVisitor visitor) {
        LeafPass.Change change =
                (entry, level) -> {
                    long output = format.address(entry, level);
                    int shift = format.pageShift(entry, level);
                    return format.sizedLeafEntry(output, shift, access) | format.history(entry);
                };
        new LeafPass(stage, memory, visitor, change).over(input, bytes);
    }

    /**
     * As {@link #protect}, and the pages look as if nobody had used them: accessed and dirty bits
     * are cleared.
     */
    public void renew(long input, long bytes, int access, LeafVisitor visitor) {
        LeafPass.Change change =
                (entry, level) ->
                        format.sizedLeafEntry(
                                format.address(entry, level),
                                format.pageShift(entry, level),
                                access);
        new LeafPass(stage, memory, visitor, change).over(input, bytes);
    }

    /**
     * Takes tables that map nothing and have entries in the range out of the tree, lower ones
     * first; the first table stays. They may be freed when no walk and no paging-structure cache
     * can know them any more.
     */
    public void unlinkEmptyTables(long input, long bytes, TableVisitor visitor) {
        unlink(stage.root(), stage.startLevel(), input, input + bytes - 1, visitor);
    }

    private int tableBytes() {
        return 1 << format.granuleShift();
    }

    private long tableBelow(long slot, int level, long input) {
        long entry = memory.load(slot);
        if (!format.present(entry, level)) {
            long table = memory.allocateTable(level - 1, tableBytes());
            memory.store(slot, format.tableEntry(table, level - 1));
            return table;
        }
        if (format.leaf(entry, level)) {
            throw mapped(input);
        }
        return format.address(entry, level);
    }

    private static IllegalStateException mapped(long input) {
        return new IllegalStateException("paging: already mapped: 0x" + Long.toHexString(input));
    }

    private void unlink(long table, int level, long from, long last, TableVisitor visitor) {
        long at = from;
        while (at <= last) {
            long end = stage.lastOfEntry(at, level);
            long slot = stage.entryAddress(table, level, at);
            long entry = memory.load(slot);
            if (format.present(entry, level) && !format.leaf(entry, level)) {
                long below = format.address(entry, level);
                int next = format.nextLevel(entry, level);
                unlink(
                        below,
                        next,
                        at,
                        Math.min(stage.lastOfTable(entry, level, at), last),
                        visitor);
                if (isEmpty(below, next)) {
                    memory.store(slot, StageFormat.EMPTY);
                    visitor.table(below, tableBytes());
                }
            }
            at = end + 1;
        }
    }

    private boolean isEmpty(long table, int level) {
        for (long slot = table; slot < table + tableBytes(); slot += Long.BYTES) {
            if (format.present(memory.load(slot), level)) {
                return false;
            }
        }
        return true;
    }
}
