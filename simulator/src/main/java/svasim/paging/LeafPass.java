package svasim.paging;

/** One way through the leaves of a range, which tells them and may change them. */
final class LeafPass {
    private final Stage stage;
    private final StageFormat format;
    private final TableMemory memory;
    private final LeafVisitor visitor;
    private final Change change;
    private NoteVisitor notes = NoteVisitor.NONE;

    /** What becomes of a leaf that lies in the range as a whole. */
    @FunctionalInterface
    interface Change {
        long replacement(long entry, int level);
    }

    /**
     * @param change null to leave the leaves alone
     */
    LeafPass(Stage stage, TableMemory memory, LeafVisitor visitor, Change change) {
        this.stage = stage;
        this.format = stage.format();
        this.memory = memory;
        this.visitor = visitor;
        this.change = change;
    }

    /** Tells notes too. */
    LeafPass notes(NoteVisitor noteVisitor) {
        notes = noteVisitor;
        return this;
    }

    void over(long input, long bytes) {
        over(stage.root(), stage.startLevel(), input, input + bytes - 1);
    }

    private void over(long table, int level, long from, long last) {
        long at = from;
        while (at <= last) {
            long slot = stage.entryAddress(table, level, at);
            long entry = memory.load(slot);
            long next = stage.lastOfEntry(at, level) + 1;
            if (format.present(entry, level)) {
                if (format.leaf(entry, level)) {
                    next = leaf(slot, entry, level, at, last);
                } else {
                    long end = Math.min(stage.lastOfTable(entry, level, at), last);
                    over(format.address(entry, level), format.nextLevel(entry, level), at, end);
                }
            } else if (entry != StageFormat.EMPTY) {
                notes.note(at, entry);
            }
            at = next;
        }
    }

    /** Returns the address to go on at: the same one after a page was split. */
    private long leaf(long slot, long entry, int level, long at, long last) {
        int shift = format.pageShift(entry, level);
        long first = at & -(1L << shift);
        long end = first + (1L << shift) - 1;
        if (change == null) {
            visitor.leaf(first, format.address(entry, level), shift, entry);
            return end + 1;
        }
        long firstSlot = slot - (at - first >>> format.shift(level)) * Long.BYTES;
        if (first == at && end <= last) {
            change(firstSlot, shift, level);
            visitor.leaf(first, format.address(entry, level), shift, entry);
            return end + 1;
        }
        if (shift == format.shift(level)) {
            split(slot, entry, level);
        } else {
            uncode(firstSlot, shift, level);
        }
        return at;
    }

    /** Changes each slot that the page fills. */
    private void change(long firstSlot, int shift, int level) {
        long end = firstSlot + (Long.BYTES << shift - format.shift(level));
        for (long slot = firstSlot; slot < end; slot += Long.BYTES) {
            memory.store(slot, change.replacement(memory.load(slot), level));
        }
    }

    /** Puts a table of pages of the next smaller size in the place of a large page. */
    private void split(long slot, long entry, int level) {
        int below = level - 1;
        long table = memory.allocateTable(below, 1 << format.granuleShift());
        for (long i = 0; i < 1L << format.indexBits(); i++) {
            memory.store(table + i * Long.BYTES, piece(entry, level, i, below));
        }
        memory.store(slot, format.tableEntry(table, below));
    }

    /** Puts pages of their level's size into the slots of a page of coded size. */
    private void uncode(long firstSlot, int shift, int level) {
        for (long i = 0; i < 1L << shift - format.shift(level); i++) {
            long slot = firstSlot + i * Long.BYTES;
            memory.store(slot, piece(memory.load(slot), level, i, level));
        }
    }

    /** The leaf of a lower level, or of the same, that maps a part of what a leaf maps. */
    private long piece(long entry, int level, long number, int below) {
        long output = format.address(entry, level) + (number << format.shift(below));
        return format.leafEntry(output, below, format.access(entry)) | format.history(entry);
    }
}
