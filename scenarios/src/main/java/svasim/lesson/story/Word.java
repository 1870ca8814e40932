package svasim.lesson.story;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.layout.WordLayout;

/** A word of a table with its changes. */
final class Word {
    private final Table table;
    private final long address;
    private long first;
    private final List<Write> writes = new ArrayList<>();

    /** What it led to last; null if to nothing. */
    private Table points;

    private int number = Tables.NONE;

    /** One change. */
    record Write(int step, long address, long before, long after) {}

    Word(Table table, long address, long first) {
        this.table = table;
        this.address = address;
        this.first = first;
    }

    Table table() {
        return table;
    }

    long address() {
        return address;
    }

    int entry() {
        return table.entry(address);
    }

    /** Its place among the words that are shown. */
    int number() {
        return number;
    }

    void number(int next) {
        number = next;
    }

    /** It changed before the story begins. */
    void begins(long value) {
        first = value;
    }

    void changes(Write write) {
        writes.add(write);
    }

    void pointsTo(Table below) {
        points = below;
    }

    List<Write> writes() {
        return writes;
    }

    long last() {
        return writes.isEmpty() ? first : writes.get(writes.size() - 1).after;
    }

    private int position() {
        return (int) ((address - table.address()) % table.shape().entryBytes()) / Long.BYTES;
    }

    /** By what the word holds when it holds the most. */
    WordLayout layout() {
        long[] entry = new long[table.shape().entryBytes() / Long.BYTES];
        entry[position()] = first;
        for (Write write : writes) {
            if (write.after != 0) {
                entry[position()] = write.after;
            }
        }
        return table.shape().words(entry).get(position());
    }

    /**
     * @param layout number of its layout
     */
    Map<String, Object> plain(int layout) {
        boolean alone = table.shape().entryBytes() == Long.BYTES;
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("pa", Tables.hex(address));
        plain.put("structure", table.number());
        plain.put("row", table.shape().row(entry()));
        plain.put("name", alone ? layout().name() : "word " + position());
        plain.put("layout", layout);
        plain.put("first", Tables.hex(first));
        plain.put("points", points == null ? Tables.NONE : points.number());
        return plain;
    }
}
