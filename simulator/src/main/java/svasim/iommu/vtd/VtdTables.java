package svasim.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import svasim.layout.AddressTables;
import svasim.layout.Pointer;
import svasim.layout.TableShape;
import svasim.layout.WordLayout;
import svasim.paging.PageTableShape;
import svasim.paging.VtdSecondFormat;
import svasim.paging.X86Format;

/**
 * The tables between RTADDR and the page tables, described for people (VT-d 5.10, 9.1 to 9.6); the
 * bits are those of the classes beside this one.
 */
final class VtdTables {
    static final int TABLE_BYTES = 4096;
    private static final int LEVEL_BITS = 9;
    private static final int HALF = 0x80;

    private VtdTables() {}

    /** What a latched RTADDR leads to; nothing in a mode without root table. */
    static List<Pointer> of(long rootAddress) {
        int mode = RootTable.mode(rootAddress);
        boolean has = mode == RootTable.LEGACY || mode == RootTable.SCALABLE;
        long table = rootAddress & RootTable.POINTER;
        return has
                ? List.of(new Pointer(0, table, new Root(mode == RootTable.SCALABLE)))
                : List.of();
    }

    static WordLayout reserved(String name, String section) {
        return WordLayout.of(name, section);
    }

    static String function(int requesterId) {
        return String.format(
                Locale.ROOT,
                "%02x:%02x.%x",
                requesterId >>> 8,
                requesterId >>> 3 & 0x1F,
                requesterId & 7);
    }

    static Pointer firstStage(int word, long table, int levels) {
        TableShape shape = new PageTableShape(X86Format.INSTANCE, levels, 0, 1 << LEVEL_BITS);
        return new Pointer(word, table, shape);
    }

    static Pointer secondStage(int word, long table, int levels) {
        return new Pointer(word, table, secondShape(levels));
    }

    /** What translates the addresses of a first stage above. */
    static AddressTables below(long table, int levels) {
        return secondShape(levels).translating(table);
    }

    private static PageTableShape secondShape(int levels) {
        return new PageTableShape(VtdSecondFormat.INSTANCE, levels, 0, 1 << LEVEL_BITS);
    }

    /** 256 entries of 16 bytes, one for each bus. */
    record Root(boolean scalable) implements TableShape {
        private static final String SECTION = "VT-d 9.1";

        private static WordLayout half(String name, String prefix, String devices) {
            return WordLayout.of(name, SECTION)
                    .with(prefix + "P", 0, "present")
                    .with(prefix + "CTP", 63, 12, "context table of " + devices);
        }

        @Override
        public String title() {
            return "root table";
        }

        @Override
        public String section() {
            return SECTION;
        }

        @Override
        public int entryBytes() {
            return 16;
        }

        @Override
        public int entries() {
            return TABLE_BYTES / entryBytes();
        }

        @Override
        public String row(int index) {
            return String.format(Locale.ROOT, "bus %02x", index);
        }

        @Override
        public List<WordLayout> words(long[] entry) {
            return scalable
                    ? List.of(
                            half("scalable-mode root entry, lower half", "L", "devices 0 to 15"),
                            half("scalable-mode root entry, upper half", "U", "devices 16 to 31"))
                    : List.of(
                            half("root entry", "", "the bus"),
                            reserved("root entry, upper half", SECTION));
        }

        @Override
        public List<Pointer> pointers(int index, long[] entry) {
            List<Pointer> all = new ArrayList<>();
            for (int half = 0; half < (scalable ? 2 : 1); half++) {
                if (RootTable.present(entry[half])) {
                    int first = index << 8 | half * HALF;
                    TableShape below =
                            scalable
                                    ? new VtdContextTables.Scalable(first)
                                    : new VtdContextTables.Legacy(first);
                    all.add(new Pointer(half, RootTable.contextTable(entry[half]), below));
                }
            }
            return all;
        }
    }
}
