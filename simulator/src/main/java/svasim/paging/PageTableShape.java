package svasim.paging;

import java.util.List;
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
        int next = format.nextLevel(entry[0], level);
        TableShape below =
                new PageTableShape(format, next, firstInput(index), 1 << format.indexBits());
        return List.of(new Pointer(0, format.address(entry[0], level), below));
    }
}
