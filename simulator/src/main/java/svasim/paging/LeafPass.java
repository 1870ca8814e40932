package svasim.paging;

/** One way through the leaves of a range, which tells them and may change them. */
final class LeafPass {
    private final Stage stage;
    private final StageFormat format;
    private final TableMemory memory;
    private final LeafVisitor visitor;
    private final Change change;

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

    void over(long input, long bytes) {
        over(stage.root(), stage.startLevel(), input, input + bytes - 1);
    }

    private void over(long table, int level, long from, long last) {
        long at = from;
        while (at <= last) {
            long end = stage.lastOfEntry(at, level);
            long slot = stage.entryAddress(table, level, at);
            long entry = memory.load(slot);
            if (format.present(entry, level)) {
                if (!format.leaf(entry, level)) {
                    over(format.address(entry, level), level - 1, at, Math.min(end, last));
                } else if (change == null || at == firstOf(end, level) && end <= last) {
                    leaf(slot, entry, level, firstOf(end, level));
                } else {
                    over(split(slot, entry, level), level - 1, at, Math.min(end, last));
                }
            }
            at = end + 1;
        }
    }

    private long firstOf(long last, int level) {
        return last & -(1L << format.shift(level));
    }

    private void leaf(long slot, long entry, int level, long input) {
        if (change != null) {
            memory.store(slot, change.replacement(entry, level));
        }
        visitor.leaf(input, format.address(entry, level), format.shift(level), entry);
    }

    /** Puts a table of pages of the next smaller size in the place of a large page. */
    private long split(long slot, long entry, int level) {
        int below = level - 1;
        long table = memory.allocateTable(below, 1 << format.granuleShift());
        long output = format.address(entry, level);
        int access = format.access(entry);
        for (long i = 0; i < 1L << format.indexBits(); i++) {
            long page = output + (i << format.shift(below));
            memory.store(
                    table + i * Long.BYTES,
                    format.leafEntry(page, below, access) | format.history(entry));
        }
        memory.store(slot, format.tableEntry(table));
        return table;
    }
}
