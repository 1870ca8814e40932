package svasim.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final int TABLE_BYTES = 4096;
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

    private static WordLayout reserved(String name, String section) {
        return WordLayout.of(name, section);
    }

    private static String function(int requesterId) {
        return String.format(
                Locale.ROOT,
                "%02x:%02x.%x",
                requesterId >>> 8,
                requesterId >>> 3 & 0x1F,
                requesterId & 7);
    }

    private static Pointer firstStage(int word, long table, int levels) {
        TableShape shape = new PageTableShape(X86Format.INSTANCE, levels, 0, 1 << LEVEL_BITS);
        return new Pointer(word, table, shape);
    }

    private static Pointer secondStage(int word, long table, int levels) {
        TableShape shape = new PageTableShape(VtdSecondFormat.INSTANCE, levels, 0, 1 << LEVEL_BITS);
        return new Pointer(word, table, shape);
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
                    TableShape below = scalable ? new Contexts(first) : new LegacyContexts(first);
                    all.add(new Pointer(half, RootTable.contextTable(entry[half]), below));
                }
            }
            return all;
        }
    }

    /**
     * 128 entries of 32 bytes.
     *
     * @param first requester ID of the first
     */
    record Contexts(int first) implements TableShape {
        private static final String SECTION = "VT-d 9.4";

        static final WordLayout LOW =
                WordLayout.of("scalable-mode context entry, word 0", SECTION)
                        .with("P", 0, "present")
                        .with("FPD", 1, "faults are not reported")
                        .with("DTE", 2, "the device may use ATS")
                        .with("PASIDE", 3, "requests may carry a PASID")
                        .with("PRE", 4, "page requests are accepted")
                        .with("HPTE", 5, "translated requests are held against permissions")
                        .with("EPTR", 6, "translated requests carry the PASID")
                        .with("PDTS", 11, 9, "size of the PASID directory: 2^(PDTS+7) entries")
                        .with("PASIDDIRPTR", 63, 12, "PASID directory");

        static final WordLayout HIGH =
                WordLayout.of("scalable-mode context entry, word 1", SECTION)
                        .with("RID_PASID", 19, 0, "PASID of requests without one")
                        .with("RID_PRIV", 20, "requests without PASID are privileged");

        @Override
        public String title() {
            return "context table";
        }

        @Override
        public String section() {
            return SECTION;
        }

        @Override
        public int entryBytes() {
            return ScalableContext.BYTES;
        }

        @Override
        public int entries() {
            return TABLE_BYTES / entryBytes();
        }

        @Override
        public String row(int index) {
            return "function " + function(first + index);
        }

        @Override
        public List<WordLayout> words(long[] entry) {
            return List.of(
                    LOW,
                    HIGH,
                    reserved("scalable-mode context entry, word 2", SECTION),
                    reserved("scalable-mode context entry, word 3", SECTION));
        }

        @Override
        public List<Pointer> pointers(int index, long[] entry) {
            if (!ScalableContext.present(entry[0])) {
                return List.of();
            }
            int entries = 1 << (int) LOW.field("PDTS").of(entry[0]) + PasidDirectory.SMALLEST_BITS;
            long directory = ScalableContext.directory(entry[0]);
            return List.of(new Pointer(0, directory, new Directory(entries)));
        }
    }

    /**
     * 256 entries of 16 bytes.
     *
     * @param first requester ID of the first
     */
    record LegacyContexts(int first) implements TableShape {
        private static final String SECTION = "VT-d 9.3";

        static final WordLayout LOW =
                WordLayout.of("context entry, word 0", SECTION)
                        .with("P", 0, "present")
                        .with("FPD", 1, "faults are not reported")
                        .with("TT", 3, 2, "0 translates, 1 with ATS too, 2 passes through")
                        .with("SSPTPTR", 63, 12, "second-stage tables");

        static final WordLayout HIGH =
                WordLayout.of("context entry, word 1", SECTION)
                        .with("AW", 2, 0, "levels of the tables, less two")
                        .with("DID", 23, 8, "domain");

        @Override
        public String title() {
            return "context table";
        }

        @Override
        public String section() {
            return SECTION;
        }

        @Override
        public int entryBytes() {
            return LegacyContext.BYTES;
        }

        @Override
        public int entries() {
            return TABLE_BYTES / entryBytes();
        }

        @Override
        public String row(int index) {
            return "function " + function(first + index);
        }

        @Override
        public List<WordLayout> words(long[] entry) {
            return List.of(LOW, HIGH);
        }

        @Override
        public List<Pointer> pointers(int index, long[] entry) {
            boolean tables =
                    LegacyContext.present(entry[0])
                            && LegacyContext.translationType(entry[0])
                                    != LegacyContext.PASS_THROUGH;
            return tables
                    ? List.of(
                            secondStage(
                                    0,
                                    LegacyContext.tables(entry[0]),
                                    LegacyContext.levels(entry[1])))
                    : List.of();
        }
    }

    /** Entries of 8 bytes, one for 64 PASIDs each. */
    record Directory(int entries) implements TableShape {
        private static final String SECTION = "VT-d 9.5";

        static final WordLayout ENTRY =
                WordLayout.of("PASID-directory entry", SECTION)
                        .with("P", 0, "present")
                        .with("FPD", 1, "faults are not reported")
                        .with("SMPTBLPTR", 63, 12, "PASID table");

        @Override
        public String title() {
            return "PASID directory";
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
        public String row(int index) {
            int first = index << PasidDirectory.PASID_BITS;
            return "PASIDs " + first + " to " + (first + (1 << PasidDirectory.PASID_BITS) - 1);
        }

        @Override
        public List<WordLayout> words(long[] entry) {
            return List.of(ENTRY);
        }

        @Override
        public List<Pointer> pointers(int index, long[] entry) {
            TableShape below = new Pasids(index << PasidDirectory.PASID_BITS);
            return PasidDirectory.present(entry[0])
                    ? List.of(new Pointer(0, PasidDirectory.table(entry[0]), below))
                    : List.of();
        }
    }

    /**
     * 64 entries of 64 bytes.
     *
     * @param first PASID of the first
     */
    record Pasids(int first) implements TableShape {
        private static final String SECTION = "VT-d 9.6";

        static final WordLayout WORD_0 =
                WordLayout.of("PASID-table entry, word 0", SECTION)
                        .with("P", 0, "present")
                        .with("FPD", 1, "faults are not reported")
                        .with("AW", 4, 2, "levels of the second stage, less two")
                        .with("PGTT", 8, 6, "1 first stage, 2 second, 3 nested, 4 pass-through")
                        .with("SSADE", 9, "accessed and dirty bits of the second stage")
                        .with("SSPTPTR", 63, 12, "second-stage tables");

        static final WordLayout WORD_1 =
                WordLayout.of("PASID-table entry, word 1", SECTION)
                        .with("DID", 15, 0, "domain: the tag of cached translations")
                        .with("PWSNP", 23, "walks look into the caches of the cores")
                        .with("PGSNP", 24, "accesses look into the caches of the cores");

        static final WordLayout WORD_2 =
                WordLayout.of("PASID-table entry, word 2", SECTION)
                        .with("SRE", 0, "privileged requests are allowed")
                        .with("ERE", 1, "requests to execute are allowed")
                        .with("FSPM", 3, 2, "levels of the first stage: 0 for 4, 1 for 5")
                        .with("WPE", 4, "read-only pages bind privileged requests too")
                        .with("NXE", 5, "bit 63 of entries forbids to execute")
                        .with("SMEP", 6, "privileged requests execute no user pages")
                        .with("EAFE", 7, "the extended accessed bit is set")
                        .with("FSPTPTR", 63, 12, "page tables of the process");

        @Override
        public String title() {
            return "PASID table";
        }

        @Override
        public String section() {
            return SECTION;
        }

        @Override
        public int entryBytes() {
            return PasidTableEntry.BYTES;
        }

        @Override
        public int entries() {
            return TABLE_BYTES / entryBytes();
        }

        @Override
        public String row(int index) {
            return "PASID " + (first + index);
        }

        @Override
        public List<WordLayout> words(long[] entry) {
            List<WordLayout> words = new ArrayList<>(List.of(WORD_0, WORD_1, WORD_2));
            while (words.size() < PasidTableEntry.BYTES / Long.BYTES) {
                words.add(reserved("PASID-table entry, word " + words.size(), SECTION));
            }
            return words;
        }

        @Override
        public List<Pointer> pointers(int index, long[] entry) {
            List<Pointer> all = new ArrayList<>();
            if (PasidTableEntry.present(entry[0])) {
                if (PasidTableEntry.usesFirstStage(entry[0])) {
                    all.add(
                            firstStage(
                                    2,
                                    PasidTableEntry.firstTables(entry[2]),
                                    PasidTableEntry.firstLevels(entry[2])));
                }
                if (PasidTableEntry.usesSecondStage(entry[0])) {
                    all.add(
                            secondStage(
                                    0,
                                    PasidTableEntry.secondTables(entry[0]),
                                    PasidTableEntry.secondLevels(entry[0])));
                }
            }
            return all;
        }
    }
}
