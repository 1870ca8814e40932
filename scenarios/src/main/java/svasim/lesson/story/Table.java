package svasim.lesson.story;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.layout.Pointer;
import svasim.layout.TableShape;

/** A table that hardware reads; its words by their address. */
final class Table {
    private final Pointer at;
    private final long address;
    final Map<Long, Word> known = new HashMap<>();
    private final Table parent;
    private final String title;
    private final String kind;
    private final String of;

    /** Its place among the tables that are shown; {@link Tables#NONE} if it is not. */
    private int number = Tables.NONE;

    /**
     * @param address where it lies in physical memory
     * @param parent table whose entry leads here; null if a register or an address space does
     */
    Table(Pointer at, long address, Table parent, String title, String kind, String of) {
        this.at = at;
        this.address = address;
        this.parent = parent;
        this.title = title;
        this.kind = kind;
        this.of = of;
    }

    TableShape shape() {
        return at.to();
    }

    /** Physical address of its first byte. */
    long address() {
        return address;
    }

    /** Where its entries lead: what translates its own address translates theirs. */
    List<Pointer> pointers(int entry, long[] held) {
        List<Pointer> leading = shape().pointers(entry, held);
        return at.stage2() == null
                ? leading
                : leading.stream().map(pointer -> pointer.within(at.stage2())).toList();
    }

    String of() {
        return of;
    }

    long bytes() {
        return (long) shape().entries() * shape().entryBytes();
    }

    boolean contains(long physical) {
        return physical >= address && physical < address + bytes();
    }

    /** Number of the entry that an address lies in. */
    int entry(long physical) {
        return (int) ((physical - address) / shape().entryBytes());
    }

    /** Where an entry begins. */
    long address(int entry) {
        return address + (long) entry * shape().entryBytes();
    }

    int number() {
        return number;
    }

    void number(int next) {
        number = next;
    }

    Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("title", title);
        plain.put("kind", kind);
        plain.put("parent", parent == null ? Tables.NONE : parent.number);
        plain.put("section", shape().section());
        plain.put("of", of);
        return plain;
    }
}
