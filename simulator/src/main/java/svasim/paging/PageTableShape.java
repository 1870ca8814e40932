package svasim.paging;

import java.util.List;
import java.util.function.LongUnaryOperator;
import svasim.layout.AddressTables;
import svasim.layout.Pointer;
import svasim.layout.TableShape;
import svasim.layout.WordLayout;

/**
 * A page table of any format.
 *
 * @param level as {@link StageFormat} counts
 * @param firstInput input address that the first entry maps
 * @param entries a first table may be several side by side
 */
public record PageTableShape(StageFormat format, int level, long firstInput, int entries)
        implements TableShape {
    /** The first table of a stage. */
    public static Pointer root(Stage stage, int word) {
        int entries = (int) (stage.rootBytes() / Long.BYTES);
        TableShape shape = new PageTableShape(stage.format(), stage.startLevel(), 0, entries);
        return new Pointer(word, stage.root(), shape);
    }

    /** The tables from a first one of this shape on, as what translates addresses. */
    public AddressTables translating(long table) {
        return (address, memory) -> translate(table, address, memory);
    }

    private long translate(long table, long input, LongUnaryOperator memory) {
        long index = input - firstInput >>> format.shift(level);
        if (index < 0 || index >= entries) {
            return Pointer.NOWHERE;
        }
        long entry = memory.applyAsLong(table + index * entryBytes());
        if (!format.present(entry, level)) {
            return Pointer.NOWHERE;
        }
        long next = format.address(entry, level);
        if (format.leaf(entry, level)) {
            long offset = (1L << format.pageShift(entry, level)) - 1;
            return next & ~offset | input & offset;
        }
        return below((int) index, entry).translate(next, input, memory);
    }

    @Override
    public String title() {
        return "page table of " + format.entryName(level) + "s";
    }

    @Override
    public String section() {
        return format.section();
    }

    @Override
    public int entryBytes() {
        return Long.BYTES;
    }

    @Override
    public String row(int index) {
        return "0x" + Long.toHexString(firstInput(index));
    }

    private long firstInput(int index) {
        return firstInput + ((long) index << format.shift(level));
    }

    @Override
    public List<WordLayout> words(long[] entry) {
        boolean leaf = format.present(entry[0], level) && format.leaf(entry[0], level);
        return List.of(format.layout(level, leaf || level == 1));
    }

    @Override
    public List<Pointer> pointers(int index, long[] entry) {
        if (!format.present(entry[0], level) || format.leaf(entry[0], level)) {
            return List.of();
        }
        return List.of(new Pointer(0, format.address(entry[0], level), below(index, entry[0])));
    }

    private PageTableShape below(int index, long entry) {
        int next = format.nextLevel(entry, level);
        return new PageTableShape(format, next, firstInput(index), 1 << format.indexBits());
    }
}
