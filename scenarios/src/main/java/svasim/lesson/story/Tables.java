package svasim.lesson.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.layout.Field;
import svasim.layout.Pointer;
import svasim.layout.WordLayout;
import svasim.memory.PhysicalMemory;

/**
 * The tables that hardware reads, as trees: from what registers and address spaces lead to, by the
 * entries of each table to the next. A word is kept once somebody has written or read it, or it was
 * not 0 when its table was found, with every change, so that a reader can step back.
 */
final class Tables {
    static final int NONE = -1;

    /** Tables up to this size are searched for words that are not 0 when they are found. */
    private static final long SEARCHED_BYTES = 1 << 16;

    private final PhysicalMemory memory;
    private final List<Table> tables = new ArrayList<>();

    /** Tables that there are now, by the frames that they lie in. */
    private final Map<Long, Table> placed = new HashMap<>();

    /** What was written to frames that no table is known to lie in, by frame. */
    private final Map<Long, List<Word.Write>> pending = new HashMap<>();

    /** Values that words have had last, as far as they were told. */
    private final Map<Long, Long> values = new HashMap<>();

    private final List<Word> words = new ArrayList<>();
    private final Map<WordLayout, Integer> layouts = new LinkedHashMap<>();

    /** Whether the story has begun: before that only the last values are kept. */
    private boolean begun;

    Tables(PhysicalMemory memory) {
        this.memory = memory;
    }

    /** The story begins: what is there now is its first state. */
    void begin() {
        begun = true;
        tables.removeIf(table -> !isPlaced(table));
        words.removeIf(word -> !isPlaced(word.table()));
    }

    private boolean isPlaced(Table table) {
        return placed.get(frame(table.address())) == table;
    }

    /**
     * A tree begins here: a register or an address space leads to it.
     *
     * @return false if there is no memory yet
     */
    boolean root(Pointer at, String kind, String of) {
        long address = at.physical(this::value);
        boolean there = memory.answers(address, Long.BYTES);
        if (there) {
            place(at, address, null, at.to().title() + " of " + of, kind, of);
        }
        return there;
    }

    /** A word was written. */
    void written(int step, long address, long before, long after) {
        Word.Write write = new Word.Write(step, address, before, after);
        Table table = placed.get(frame(address));
        if (table == null || !table.contains(address)) {
            if (begun) {
                pending.computeIfAbsent(frame(address), f -> new ArrayList<>()).add(write);
            }
            values.put(address, after);
            return;
        }
        Word word = word(table, address, before);
        values.put(address, after);
        if (begun) {
            word.changes(write);
        } else {
            word.begins(after);
        }
        follow(table, word.entry());
    }

    /** The word that a walk reads; null if it lies in no known table. */
    Word read(long address) {
        Table table = placed.get(frame(address));
        return table == null || !table.contains(address)
                ? null
                : word(table, address, value(address));
    }

    /** Nothing that was known of a frame holds any more. */
    void freed(long frameAddress) {
        long frame = frame(frameAddress);
        placed.remove(frame);
        pending.remove(frame);
        long first = frame << PhysicalMemory.FRAME_SHIFT;
        for (long at = first; at < first + PhysicalMemory.FRAME_BYTES; at += Long.BYTES) {
            values.remove(at);
        }
    }

    private static long frame(long address) {
        return address >>> PhysicalMemory.FRAME_SHIFT;
    }

    private long value(long address) {
        Long told = values.get(address);
        return told == null ? memory.readLong(address) : told;
    }

    private Word word(Table table, long address, long now) {
        Word known = table.known.get(address);
        if (known == null) {
            known = new Word(table, address, now);
            table.known.put(address, known);
            words.add(known);
        }
        return known;
    }

    private Table place(
            Pointer at, long address, Table parent, String title, String kind, String of) {
        Table known = placed.get(frame(address));
        if (known != null && known.address() == address) {
            return known;
        }
        Table table = new Table(at, address, parent, title, kind, of);
        tables.add(table);
        long last = frame(address + table.bytes() - 1);
        for (long frame = frame(address); frame <= last; frame++) {
            placed.put(frame, table);
        }
        adopt(table);
        return table;
    }

    /** Takes what was written before the table was found, and what it holds. */
    private void adopt(Table table) {
        long from = table.address();
        long last = frame(from + table.bytes() - 1);
        for (long frame = frame(from); frame <= last; frame++) {
            List<Word.Write> early = pending.remove(frame);
            if (early != null) {
                early.stream()
                        .filter(write -> table.contains(write.address()))
                        .forEach(
                                write ->
                                        word(table, write.address(), write.before())
                                                .changes(write));
            }
        }
        if (table.bytes() <= SEARCHED_BYTES) {
            for (long at = from; at < from + table.bytes(); at += Long.BYTES) {
                if (value(at) != 0) {
                    word(table, at, value(at));
                }
            }
        }
        table.known.values().stream()
                .mapToInt(Word::entry)
                .distinct()
                .sorted()
                .forEach(entry -> follow(table, entry));
    }

    /** Looks where an entry leads now. */
    private void follow(Table table, int entry) {
        long[] held = entry(table, entry);
        for (Pointer pointer : table.pointers(entry, held)) {
            long at = pointer.physical(this::value);
            if (memory.answers(at, Long.BYTES) && pointer.to().entries() > 0) {
                long address = table.address(entry) + (long) pointer.word() * Long.BYTES;
                String title = pointer.to().title() + " of " + table.shape().row(entry);
                Table below = place(pointer, at, table, title, "table", table.of());
                word(table, address, value(address)).pointsTo(below);
            }
        }
    }

    private long[] entry(Table table, int entry) {
        long[] held = new long[table.shape().entryBytes() / Long.BYTES];
        for (int i = 0; i < held.length; i++) {
            held[i] = value(table.address(entry) + (long) i * Long.BYTES);
        }
        return held;
    }

    /** Gives what is shown its numbers; first of all. */
    void number() {
        for (int i = 0; i < tables.size(); i++) {
            tables.get(i).number(i);
        }
        for (int i = 0; i < words.size(); i++) {
            words.get(i).number(i);
        }
    }

    List<Object> structures() {
        return tables.stream().map(table -> (Object) table.plain()).toList();
    }

    /** After this, the layouts are known. */
    List<Object> words() {
        List<Object> all = new ArrayList<>();
        for (Word word : words) {
            all.add(word.plain(layouts.computeIfAbsent(word.layout(), l -> layouts.size())));
        }
        return all;
    }

    List<Object> layouts() {
        List<Object> all = new ArrayList<>();
        for (WordLayout layout : layouts.keySet()) {
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put("name", layout.name());
            plain.put("section", layout.section());
            plain.put("fields", layout.fields().stream().map(Tables::plain).toList());
            all.add(plain);
        }
        return all;
    }

    private static Map<String, Object> plain(Field field) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("name", field.name());
        plain.put("high", field.high());
        plain.put("low", field.low());
        plain.put("says", field.says());
        return plain;
    }

    /** In the order of steps. */
    List<Object> writes() {
        List<long[]> all = new ArrayList<>();
        for (Word word : words) {
            for (Word.Write write : word.writes()) {
                all.add(new long[] {write.step(), word.number(), write.before(), write.after()});
            }
        }
        all.sort((a, b) -> Long.compare(a[0], b[0]));
        return all.stream()
                .map(row -> (Object) List.of(row[0], row[1], hex(row[2]), hex(row[3])))
                .toList();
    }

    /** Physical addresses of the words of tables that are still there, with their last values. */
    Map<Long, Long> lastValues() {
        Map<Long, Long> last = new LinkedHashMap<>();
        for (Word word : words) {
            if (placed.get(frame(word.address())) == word.table()) {
                last.put(word.address(), word.last());
            }
        }
        return last;
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
