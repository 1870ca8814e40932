package svasim.iommu.vtd;

import java.util.List;
import svasim.layout.Pointer;
import svasim.layout.TableShape;
import svasim.layout.WordLayout;

/** Context tables, a row for each function (VT-d 9.3, 9.4). */
final class VtdContextTables {
    private VtdContextTables() {}

    /**
     * 128 entries of 32 bytes.
     *
     * @param first requester ID of the first
     */
    record Scalable(int first) implements TableShape {
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
            return VtdTables.TABLE_BYTES / entryBytes();
        }

        @Override
        public String row(int index) {
            return "function " + VtdTables.function(first + index);
        }

        @Override
        public List<WordLayout> words(long[] entry) {
            return List.of(
                    LOW,
                    HIGH,
                    VtdTables.reserved("scalable-mode context entry, word 2", SECTION),
                    VtdTables.reserved("scalable-mode context entry, word 3", SECTION));
        }

        @Override
        public List<Pointer> pointers(int index, long[] entry) {
            if (!ScalableContext.present(entry[0])) {
                return List.of();
            }
            int entries = 1 << (int) LOW.field("PDTS").of(entry[0]) + PasidDirectory.SMALLEST_BITS;
            long directory = ScalableContext.directory(entry[0]);
            return List.of(new Pointer(0, directory, new VtdPasidTables.Directory(entries)));
        }
    }

    /**
     * 256 entries of 16 bytes.
     *
     * @param first requester ID of the first
     */
    record Legacy(int first) implements TableShape {
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
            return VtdTables.TABLE_BYTES / entryBytes();
        }

        @Override
        public String row(int index) {
            return "function " + VtdTables.function(first + index);
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
                            VtdTables.secondStage(
                                    0,
                                    LegacyContext.tables(entry[0]),
                                    LegacyContext.levels(entry[1])))
                    : List.of();
        }
    }
}
