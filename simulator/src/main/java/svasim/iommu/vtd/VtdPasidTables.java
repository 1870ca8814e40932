package svasim.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.layout.Pointer;
import svasim.layout.TableShape;
import svasim.layout.WordLayout;

/** PASID directories and tables (VT-d 9.5, 9.6). */
final class VtdPasidTables {
    private VtdPasidTables() {}

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
            return VtdTables.TABLE_BYTES / entryBytes();
        }

        @Override
        public String row(int index) {
            return "PASID " + (first + index);
        }

        @Override
        public List<WordLayout> words(long[] entry) {
            List<WordLayout> words = new ArrayList<>(List.of(WORD_0, WORD_1, WORD_2));
            while (words.size() < PasidTableEntry.BYTES / Long.BYTES) {
                words.add(VtdTables.reserved("PASID-table entry, word " + words.size(), SECTION));
            }
            return words;
        }

        @Override
        public List<Pointer> pointers(int index, long[] entry) {
            List<Pointer> all = new ArrayList<>();
            if (!PasidTableEntry.present(entry[0])) {
                return all;
            }
            long second = PasidTableEntry.secondTables(entry[0]);
            int levels = PasidTableEntry.secondLevels(entry[0]);
            boolean nested = PasidTableEntry.usesSecondStage(entry[0]);
            if (PasidTableEntry.usesFirstStage(entry[0])) {
                Pointer first =
                        VtdTables.firstStage(
                                2,
                                PasidTableEntry.firstTables(entry[2]),
                                PasidTableEntry.firstLevels(entry[2]));
                all.add(nested ? first.within(VtdTables.below(second, levels)) : first);
            }
            if (nested) {
                all.add(VtdTables.secondStage(0, second, levels));
            }
            return all;
        }
    }
}
