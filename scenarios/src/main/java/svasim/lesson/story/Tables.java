package svasim.lesson.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.layout.Field;
import svasim.layout.Pointer;
import svasim.layout.TableShape;
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
    private final Map<Long, List<Write>> pending = new HashMap<>();

    /** Values that words have had last, as far as they were told. */
    private final Map<Long, Long> values = new HashMap<>();

    private final List<Word> words = new ArrayList<>();
    private final Map<WordLayout, Integer> layouts = new LinkedHashMap<>();

    /** A table; its words by their address. */
    private static final class Table {
        private final int number;
        private final Pointer at;
        private final int parent;
        private final String title;
        private final String kind;
        private final String of;
        private final Map<Long, Word> known = new HashMap<>();

        Table(int number, Pointer at, int parent, String title, String kind, String of) {
            this.number = number;
            this.at = at;
            this.parent = parent;
            this.title = title;
            this.kind = kind;
            this.of = of;
        }

        TableShape shape() {
            return at.to();
        }

        long bytes() {
            return (long) shape().entries() * shape().entryBytes();
        }

        boolean contains(long address) {
            return address >= at.address() && address < at.address() + bytes();
        }
    }

    private record Write(int step, long address, long before, long after) {}

    /** A word of a table with its changes. */
    private static final class Word {
        private final int number;
        private final Table table;
        private final long address;
        private final long first;
        private final List<Write> writes = new ArrayList<>();
        private int points = NONE;

        Word(int number, Table table, long address, long first) {
            this.number = number;
            this.table = table;
            this.address = address;
            this.first = first;
        }

        int entry() {
            return (int) ((address - table.at.address()) / table.shape().entryBytes());
        }

        int position() {
            return (int) ((address - table.at.address()) % table.shape().entryBytes()) / Long.BYTES;
        }
    }

    Tables(PhysicalMemory memory) {
        this.memory = memory;
    }

    /** A tree begins here: a register or an address space leads to it. */
    void root(Pointer at, String kind, String of) {
        place(at, NONE, at.to().title() + " of " + of, kind, of);
    }

    /** A word was written. */
    void written(int step, long address, long before, long after) {
        Write write = new Write(step, address, before, after);
        Table table = placed.get(frame(address));
        if (table == null || !table.contains(address)) {
            pending.computeIfAbsent(frame(address), f -> new ArrayList<>()).add(write);
            values.put(address, after);
            return;
        }
        Word word = word(table, address, before);
        values.put(address, after);
        word.writes.add(write);
        follow(table, word.entry());
    }

    /** Number of a word that a walk reads; -1 if it lies in no known table. */
    int read(long address) {
        Table table = placed.get(frame(address));
        return table == null || !table.contains(address)
                ? NONE
                : word(table, address, value(address)).number;
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
            known = new Word(words.size(), table, address, now);
            table.known.put(address, known);
            words.add(known);
        }
        return known;
    }

    private Table place(Pointer at, int parent, String title, String kind, String of) {
        Table known = placed.get(frame(at.address()));
        if (known != null && known.at.address() == at.address()) {
            return known;
        }
        Table table = new Table(tables.size(), at, parent, title, kind, of);
        tables.add(table);
        long last = frame(at.address() + table.bytes() - 1);
        for (long frame = frame(at.address()); frame <= last; frame++) {
            placed.put(frame, table);
        }
        adopt(table);
        return table;
    }

    /** Takes what was written before the table was found, and what it holds. */
    private void adopt(Table table) {
        long from = table.at.address();
        long last = frame(from + table.bytes() - 1);
        for (long frame = frame(from); frame <= last; frame++) {
            List<Write> early = pending.remove(frame);
            if (early != null) {
                early.stream()
                        .filter(write -> table.contains(write.address))
                        .forEach(
                                write ->
                                        word(table, write.address, write.before).writes.add(write));
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
        for (Pointer pointer : table.shape().pointers(entry, held)) {
            boolean answers = memory.answers(pointer.address(), Long.BYTES);
            if (answers && pointer.to().entries() > 0) {
                long address = address(table, entry) + (long) pointer.word() * Long.BYTES;
                String title = pointer.to().title() + " of " + table.shape().row(entry);
                Table below = place(pointer, table.number, title, "table", table.of);
                word(table, address, value(address)).points = below.number;
            }
        }
    }

    private static long address(Table table, int entry) {
        return table.at.address() + (long) entry * table.shape().entryBytes();
    }

    private long[] entry(Table table, int entry) {
        long[] held = new long[table.shape().entryBytes() / Long.BYTES];
        for (int i = 0; i < held.length; i++) {
            held[i] = value(address(table, entry) + (long) i * Long.BYTES);
        }
        return held;
    }

    List<Object> structures() {
        List<Object> all = new ArrayList<>();
        for (Table table : tables) {
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put("title", table.title);
            plain.put("kind", table.kind);
            plain.put("parent", table.parent);
            plain.put("section", table.shape().section());
            plain.put("of", table.of);
            all.add(plain);
        }
        return all;
    }

    /** After this, the layouts are known. */
    List<Object> words() {
        List<Object> all = new ArrayList<>();
        for (Word word : words) {
            WordLayout layout = layout(word);
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put("pa", hex(word.address));
            plain.put("structure", word.table.number);
            plain.put("row", word.table.shape().row(word.entry()));
            plain.put("name", name(word, layout));
            plain.put("layout", layouts.computeIfAbsent(layout, l -> layouts.size()));
            plain.put("first", hex(word.first));
            plain.put("points", word.points);
            all.add(plain);
        }
        return all;
    }

    /** By what the word holds when it holds the most. */
    private WordLayout layout(Word word) {
        long[] entry = new long[word.table.shape().entryBytes() / Long.BYTES];
        entry[word.position()] = word.first;
        for (Write write : word.writes) {
            if (write.after != 0) {
                entry[word.position()] = write.after;
            }
        }
        return word.table.shape().words(entry).get(word.position());
    }

    private static String name(Word word, WordLayout layout) {
        return word.table.shape().entryBytes() == Long.BYTES
                ? layout.name()
                : "word " + word.position();
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
            for (Write write : word.writes) {
                all.add(new long[] {write.step, word.number, write.before, write.after});
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
            if (placed.get(frame(word.address)) == word.table) {
                long value = word.first;
                for (Write write : word.writes) {
                    value = write.after;
                }
                last.put(word.address, value);
            }
        }
        return last;
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
