package svasim.iommu.smmuv3;

import java.util.List;
import svasim.layout.Pointer;
import svasim.layout.TableShape;
import svasim.layout.WordLayout;
import svasim.paging.Granule;
import svasim.paging.PageTableShape;
import svasim.paging.VmsaSizes;
import svasim.paging.VmsaStage1Format;

/** Tables of context descriptors, a row for each substream (SMMUv3 5.3, 5.4). */
final class SmmuContextTables {
    private static final int OUTPUT_BITS = 48;

    private SmmuContextTables() {}

    /** First level of a table of context descriptors. */
    record FirstLevel(int leafBits, int entries) implements TableShape {
        static final WordLayout WORD =
                WordLayout.of("level-1 context descriptor", "SMMUv3 5.3")
                        .with("V", 0, "valid")
                        .with("L2Ptr", 55, 12, "context descriptors");

        @Override
        public String title() {
            return "level-1 context table";
        }

        @Override
        public String section() {
            return WORD.section();
        }

        @Override
        public int entryBytes() {
            return L1ContextDescriptor.BYTES;
        }

        @Override
        public String row(int index) {
            return "substreams from " + (index << leafBits);
        }

        @Override
        public List<WordLayout> words(long[] entry) {
            return List.of(WORD);
        }

        @Override
        public List<Pointer> pointers(int index, long[] entry) {
            TableShape below = new Contexts(index << leafBits, 1 << leafBits);
            return L1ContextDescriptor.valid(entry[0])
                    ? List.of(new Pointer(0, L1ContextDescriptor.table(entry[0]), below))
                    : List.of();
        }
    }

    /**
     * Context descriptors.
     *
     * @param first SubstreamID of the first
     */
    record Contexts(int first, int entries) implements TableShape {
        private static final String NAME = "context descriptor";
        private static final String SECTION = "SMMUv3 5.4";

        static final WordLayout WORD_0 =
                WordLayout.of(NAME + ", word 0", SECTION)
                        .with("T0SZ", 5, 0, "64 less the bits of the lower half's input")
                        .with("TG0", 7, 6, "granule: 0 4 KiB, 1 64 KiB, 2 16 KiB")
                        .with("IR0", 9, 8, "inner cacheability of walks")
                        .with("OR0", 11, 10, "outer cacheability of walks")
                        .with("SH0", 13, 12, "shareability of walks")
                        .with("EPD0", 14, "no walks in the lower half")
                        .with("ENDI", 15, "big-endian tables")
                        .with("T1SZ", 21, 16, "64 less the bits of the upper half's input")
                        .with("TG1", 23, 22, "granule of the upper half")
                        .with("EPD1", 30, "no walks in the upper half")
                        .with("V", 31, "valid")
                        .with("IPS", 34, 32, "bits of the output")
                        .with("AFFD", 35, "the access flag makes no faults")
                        .with("WXN", 36, "what may be written is not executable")
                        .with("TBI", 39, 38, "top bytes of addresses are ignored")
                        .with("PAN", 40, "privileged requests use no user pages")
                        .with("AA64", 41, "AArch64 tables")
                        .with("HD", 42, "hardware sets dirty state")
                        .with("HA", 43, "hardware sets the access flag")
                        .with("S", 44, "faults stall")
                        .with("R", 45, "faults are recorded")
                        .with("A", 46, "faults abort")
                        .with("ASET", 47, "the ASID is not shared with the cores")
                        .with("ASID", 63, 48, "the tag of cached translations");

        static final WordLayout WORD_1 =
                WordLayout.of(NAME + ", word 1", SECTION)
                        .with("HAD0", 1, "limits in table descriptors are ignored")
                        .with("E0PD0", 2, "no unprivileged access")
                        .with("HAFT", 3, "access flags of tables")
                        .with("TTB0", 51, 4, "page tables of the process")
                        .with("EPAN", 59, "PAN looks at executable pages too");

        static final WordLayout WORD_2 =
                WordLayout.of(NAME + ", word 2", SECTION)
                        .with("HAD1", 1, "limits in table descriptors are ignored")
                        .with("E0PD1", 2, "no unprivileged access")
                        .with("TTB1", 51, 4, "tables of the upper half")
                        .with("DS", 58, "52-bit addresses with 4 and 16 KiB");

        static final WordLayout WORD_3 =
                WordLayout.of(NAME + ", word 3", SECTION)
                        .with("MAIR", 63, 0, "memory types that leaves name by index");

        @Override
        public String title() {
            return "context descriptor table";
        }

        @Override
        public String section() {
            return SECTION;
        }

        @Override
        public int entryBytes() {
            return ContextDescriptor.BYTES;
        }

        @Override
        public String row(int index) {
            return "substream " + (first + index);
        }

        @Override
        public List<WordLayout> words(long[] entry) {
            return SmmuTables.entry(NAME, SECTION, WORD_0, WORD_1, WORD_2, WORD_3);
        }

        @Override
        public List<Pointer> pointers(int index, long[] words) {
            ContextDescriptor context =
                    new ContextDescriptor(words[0], words[1], words[2], words[3]);
            Granule granule = SmmuTables.granule(context.granuleShift(0));
            if (!context.valid() || context.walksDisabled(0) || granule == null) {
                return List.of();
            }
            VmsaStage1Format format = new VmsaStage1Format(granule, context.ds());
            int inputBits = Long.SIZE - context.tsz(0);
            int level = VmsaSizes.ofStage1(format, inputBits, OUTPUT_BITS).startLevel();
            int entries = 1 << Math.max(0, inputBits - format.shift(level));
            return List.of(
                    new Pointer(1, context.ttb(0), new PageTableShape(format, level, 0, entries)));
        }
    }
}
