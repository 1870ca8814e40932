package svasim.iommu.amdvi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import svasim.layout.AddressTables;
import svasim.layout.Pointer;
import svasim.layout.TableShape;
import svasim.layout.WordLayout;
import svasim.paging.AmdHostFormat;
import svasim.paging.PageTableShape;
import svasim.paging.StageFormat;
import svasim.paging.X86Format;

/**
 * The tables between the device table base and the page tables, described for people (2, 3); the
 * bits are those of the classes beside this one.
 */
final class AmdTables {
    private static final int FOUR_LEVELS = 4;

    private AmdTables() {}

    private static PageTableShape full(StageFormat format, int level) {
        return new PageTableShape(format, level, 0, 1 << format.indexBits());
    }

    /**
     * What a device table base leads to.
     *
     * @param first DeviceID of its first entry
     */
    static Pointer of(long register, int first) {
        int entries = (int) (DeviceTableBase.bytes(register) / DeviceTableEntry.BYTES);
        return new Pointer(0, DeviceTableBase.table(register), new Devices(first, entries));
    }

    /**
     * Device table entries.
     *
     * @param first DeviceID of the first
     */
    record Devices(int first, int entries) implements TableShape {
        private static final String NAME = "device table entry";
        private static final String SECTION = "amdvi.md 2";

        static final WordLayout WORD_0 =
                WordLayout.of(NAME + ", word 0", SECTION)
                        .with("V", 0, "valid")
                        .with("TV", 1, "the fields of translation count")
                        .with("HAD", 8, 7, "hardware sets accessed and dirty bits")
                        .with("Mode", 11, 9, "levels of host tables, 0 for none")
                        .with("HostPTRP", 51, 12, "host tables")
                        .with("PPR", 52, "page requests are accepted")
                        .with("GPRP", 53, "answers to page requests carry the PASID")
                        .with("GIoV", 54, "requests without PASID use those of PASID 0")
                        .with("GV", 55, "requests with PASID use guest tables")
                        .with("GLX", 57, 56, "levels of the GCR3 table, less one")
                        .with("GCR3 14:12", 60, 58, "GCR3 table, lowest part")
                        .with("IR", 61, "may read")
                        .with("IW", 62, "may write");

        static final WordLayout WORD_1 =
                WordLayout.of(NAME + ", word 1", SECTION)
                        .with("DomainID", 15, 0, "the tag of cached translations")
                        .with("GCR3 30:15", 31, 16, "GCR3 table, middle part")
                        .with("I", 32, "the device may use ATS")
                        .with("SE", 33, "page faults are reported once")
                        .with("SA", 34, "page faults are not reported")
                        .with("EX", 39, "the exclusion range holds")
                        .with("GCR3 51:31", 63, 43, "GCR3 table, highest part");

        static final WordLayout WORD_2 =
                WordLayout.of(NAME + ", word 2", SECTION)
                        .with("GuestPagingMode", 55, 54, "levels of guest tables: 0 four, 1 five");

        static final WordLayout WORD_3 = WordLayout.of(NAME + ", word 3", SECTION);

        @Override
        public String title() {
            return "device table";
        }

        @Override
        public String section() {
            return SECTION;
        }

        @Override
        public int entryBytes() {
            return DeviceTableEntry.BYTES;
        }

        @Override
        public String row(int index) {
            int device = first + index;
            return String.format(
                    Locale.ROOT,
                    "device %02x:%02x.%x",
                    device >>> 8,
                    device >>> 3 & 0x1F,
                    device & 7);
        }

        @Override
        public List<WordLayout> words(long[] entry) {
            return List.of(WORD_0, WORD_1, WORD_2, WORD_3);
        }

        @Override
        public List<Pointer> pointers(int index, long[] words) {
            DeviceTableEntry entry = new DeviceTableEntry(words[0], words[1], words[2], words[3]);
            List<Pointer> all = new ArrayList<>();
            if (!entry.valid() || !entry.translationValid()) {
                return all;
            }
            AddressTables below = null;
            int levels = entry.mode();
            if (levels > 0 && levels <= AmdHostFormat.INSTANCE.topLevel()) {
                PageTableShape host = full(AmdHostFormat.INSTANCE, levels);
                below = host.translating(entry.hostRoot());
                all.add(new Pointer(0, entry.hostRoot(), host));
            }
            if (entry.guestValid() && (levels == 0 || below != null)) {
                int guestLevels = FOUR_LEVELS + entry.guestPagingMode();
                TableShape guests = new Guests(entry.glx(), 0, guestLevels);
                all.add(new Pointer(1, entry.guestRoot(), guests, below));
            }
            return all;
        }
    }

    /**
     * A GCR3 table.
     *
     * @param level 0 for the last one
     * @param first PASID of the first entry
     * @param guestLevels levels of the page tables that the last one leads to
     */
    record Guests(int level, int first, int guestLevels) implements TableShape {
        private static final String SECTION = "amdvi.md 3";

        static final WordLayout WORD =
                WordLayout.of("GCR3 table entry", SECTION)
                        .with("V", 0, "valid")
                        .with("address", 51, 12, "next table, or page tables of the process");

        static final WordLayout LAST =
                WordLayout.of("GCR3 table entry", SECTION)
                        .with("V", 0, "valid")
                        .with("PWT", 3, "write-through")
                        .with("PCD", 4, "not cached")
                        .with("address", 51, 12, "page tables of the process");

        @Override
        public String title() {
            return "GCR3 table";
        }

        @Override
        public String section() {
            return SECTION;
        }

        @Override
        public int entryBytes() {
            return Long.BYTES;
        }

        @Override
        public int entries() {
            return 1 << GuestRootEntry.INDEX_BITS;
        }

        private int pasid(int index) {
            return first + (index << level * GuestRootEntry.INDEX_BITS);
        }

        @Override
        public String row(int index) {
            return (level == 0 ? "PASID " : "PASIDs from ") + pasid(index);
        }

        @Override
        public List<WordLayout> words(long[] entry) {
            return List.of(level == 0 ? LAST : WORD);
        }

        @Override
        public List<Pointer> pointers(int index, long[] entry) {
            if (!GuestRootEntry.valid(entry[0])) {
                return List.of();
            }
            TableShape below =
                    level > 0
                            ? new Guests(level - 1, pasid(index), guestLevels)
                            : full(X86Format.INSTANCE, guestLevels);
            return List.of(new Pointer(0, GuestRootEntry.address(entry[0]), below));
        }
    }
}
