package svasim.paging;

import java.util.ArrayList;
import java.util.List;
import svasim.memory.PhysicalMemory;

/** Page tables in real memory of 16 TiB, an editor for them, and a walk that updates them. */
final class TestTables implements TableMemory {
    /** First address that gives no answer on the bus. */
    static final long END = 1L << 44;

    final PhysicalMemory memory = new PhysicalMemory(0, END);
    final TableWalk walk = new TableWalk();

    /** Tables that were given back. */
    final List<Long> freed = new ArrayList<>();

    private long next = 0x100_0000;
    private int tables;
    private int reads;
    private int updates;

    @Override
    public long allocateTable(int level, int bytes) {
        tables++;
        next = next + bytes - 1 & -(long) bytes;
        long table = next;
        next += bytes;
        return table;
    }

    @Override
    public void freeTable(long address, int bytes) {
        tables--;
        freed.add(address);
        for (long at = address; at < address + bytes; at += Long.BYTES) {
            memory.writeLong(at, StageFormat.EMPTY);
        }
    }

    @Override
    public long load(long address) {
        return memory.readLong(address);
    }

    @Override
    public void store(long address, long entry) {
        memory.writeLong(address, entry);
    }

    /** A place for first tables of up to 1 MiB. */
    long root() {
        return allocateTable(0, 1 << 20);
    }

    /** Tables in use, first ones too. */
    int tables() {
        return tables;
    }

    /** Entries that the last walk read. */
    int reads() {
        return reads;
    }

    /** Entries that the last walk updated. */
    int updates() {
        return updates;
    }

    void map(Stage stage, long input, long output, int pageShift, int access) {
        new PageTableEditor(stage, this).map(input, output, pageShift, access);
    }

    /** Address of the entry of a level on the way to an input; no second stage below. */
    long slot(Stage stage, long input, int level) {
        long table = stage.root();
        for (int at = stage.startLevel(); at > level; at--) {
            table = stage.format().address(load(stage.entryAddress(table, at, input)), at);
        }
        return stage.entryAddress(table, level, input);
    }

    long entry(Stage stage, long input, int level) {
        return load(slot(stage, input, level));
    }

    void set(Stage stage, long input, int level, long bits) {
        long slot = slot(stage, input, level);
        store(slot, load(slot) | bits);
    }

    void clear(Stage stage, long input, int level, long bits) {
        long slot = slot(stage, input, level);
        store(slot, load(slot) & ~bits);
    }

    /** Walks to the end; updates are made. */
    TableWalk walk(long input, int access, Stage first, Stage second) {
        walk.start(input, access, first, second);
        return finish();
    }

    TableWalk finish() {
        reads = 0;
        updates = 0;
        while (walk.next() == Walk.Step.READ || walk.next() == Walk.Step.UPDATE) {
            step();
        }
        return walk;
    }

    /** Answers one step. */
    void step() {
        boolean answers = memory.answers(walk.address(), Long.BYTES);
        if (!answers) {
            walk.unreadable();
        } else if (walk.next() == Walk.Step.READ) {
            reads++;
            walk.data(memory.readLong(walk.address()), 0);
        } else {
            updates++;
            boolean won = memory.readLong(walk.address()) == walk.expected();
            if (won) {
                memory.writeLong(walk.address(), walk.replacement());
            }
            walk.updated(won);
        }
    }
}
