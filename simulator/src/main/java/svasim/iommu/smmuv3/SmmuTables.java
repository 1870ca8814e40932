package svasim.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import svasim.layout.AddressTables;
import svasim.layout.Pointer;
import svasim.layout.TableShape;
import svasim.layout.WordLayout;
import svasim.paging.Granule;
import svasim.paging.PageTableShape;
import svasim.paging.VmsaFormat;
import svasim.paging.VmsaStage2Format;

/**
 * The tables between STRTAB_BASE and the page tables, described for people (5.1 to 5.4); the bits
 * are those of the classes beside this one.
 */
final class SmmuTables {
    private static final int LINEAR = 0;
    private static final int LEAF_64_BITS = 6;
    private static final int LEAF_1024_BITS = 10;

    private SmmuTables() {}

    /** What the stream table registers lead to. */
    static List<Pointer> of(StreamTableBase base) {
        TableShape shape =
                base.twoLevel()
                        ? new StreamDescriptors(
                                base.split(), 1 << Math.max(base.idBits() - base.split(), 0))
                        : new Streams(0, 1 << base.idBits());
        return List.of(new Pointer(0, base.address(), shape));
    }

    /** Names the words of an entry of 64 bytes; those behind the known ones are reserved. */
    static List<WordLayout> entry(String name, String section, WordLayout... known) {
        List<WordLayout> words = new ArrayList<>(List.of(known));
        while (words.size() < ContextDescriptor.BYTES / Long.BYTES) {
            words.add(WordLayout.of(name + ", word " + words.size(), section));
        }
        return words;
    }

    /** The granule of a size; null if it is reserved. */
    static Granule granule(int shift) {
        for (Granule granule : Granule.values()) {
            if (granule.shift() == shift) {
                return granule;
            }
        }
        return null;
    }

    /** First level of a stream table. */
    record StreamDescriptors(int split, int entries) implements TableShape {
        static final WordLayout WORD =
                WordLayout.of("level-1 stream table descriptor", "SMMUv3 5.1")
                        .with("Span", 4, 0, "2^(Span-1) entries; 0: none")
                        .with("L2Ptr", 55, 6, "stream table");

        @Override
        public String title() {
            return "level-1 stream table";
        }

        @Override
        public String section() {
            return WORD.section();
        }

        @Override
        public int entryBytes() {
            return Long.BYTES;
        }

        @Override
        public String row(int index) {
            return "streams from 0x" + Integer.toHexString(index << split);
        }

        @Override
        public List<WordLayout> words(long[] entry) {
            return List.of(WORD);
        }

        @Override
        public List<Pointer> pointers(int index, long[] entry) {
            int below = L1StreamTableDescriptor.entries(entry[0]);
            return below == 0
                    ? List.of()
                    : List.of(
                            new Pointer(
                                    0,
                                    L1StreamTableDescriptor.table(entry[0]),
                                    new Streams(index << split, below)));
        }
    }

    /**
     * Stream table entries.
     *
     * @param first StreamID of the first
     */
    record Streams(int first, int entries) implements TableShape {
        private static final String NAME = "stream table entry";
        private static final String SECTION = "SMMUv3 5.2";

        static final WordLayout WORD_0 =
                WordLayout.of(NAME + ", word 0", SECTION)
                        .with("V", 0, "valid")
                        .with("Config", 3, 1, "0xx abort, 4 bypass, 5 stage 1, 6 stage 2, 7 both")
                        .with("S1Fmt", 5, 4, "0 one level of contexts, 1 and 2 two levels")
                        .with("S1ContextPtr", 55, 6, "context descriptors")
                        .with("S1CDMax", 63, 59, "log2 of the number of substreams");

        static final WordLayout WORD_1 =
                WordLayout.of(NAME + ", word 1", SECTION)
                        .with("S1DSS", 1, 0, "without substream: 0 stop, 1 bypass, 2 substream 0")
                        .with("S1CIR", 3, 2, "inner cacheability of context fetches")
                        .with("S1COR", 5, 4, "outer cacheability of context fetches")
                        .with("S1CSH", 7, 6, "shareability of context fetches")
                        .with("CONT", 16, 13, "2^CONT entries are alike")
                        .with("PPAR", 18, "automatic answers carry the PASID")
                        .with("MEV", 19, "identical events may be merged")
                        .with("S2FWB", 25, "stage 2 forces write-back")
                        .with("S1MPAM", 26, "partitions are mapped by the guest")
                        .with("S1STALLD", 27, "faults must not stall")
                        .with("EATS", 29, 28, "ATS: 0 none, 1 full, 2 split")
                        .with("STRW", 31, 30, "stream world")
                        .with("SHCFG", 45, 44, "shareability of accesses")
                        .with("PRIVCFG", 49, 48, "replaces the privilege of accesses")
                        .with("INSTCFG", 51, 50, "replaces instruction or data of accesses");

        static final WordLayout WORD_2 =
                WordLayout.of(NAME + ", word 2", SECTION)
                        .with("S2VMID", 15, 0, "virtual machine: the tag of cached translations")
                        .with("S2T0SZ", 37, 32, "64 less the bits of the input")
                        .with("S2SL0", 39, 38, "first level of the tables")
                        .with("S2IR0", 41, 40, "inner cacheability of walks")
                        .with("S2OR0", 43, 42, "outer cacheability of walks")
                        .with("S2SH0", 45, 44, "shareability of walks")
                        .with("S2TG", 47, 46, "granule: 0 4 KiB, 1 64 KiB, 2 16 KiB")
                        .with("S2PS", 50, 48, "bits of the output")
                        .with("S2AA64", 51, "AArch64 tables")
                        .with("S2ENDI", 52, "big-endian tables")
                        .with("S2AFFD", 53, "the access flag makes no faults")
                        .with("S2PTW", 54, "tables must not lie in device memory")
                        .with("S2HD", 55, "hardware sets dirty state")
                        .with("S2HA", 56, "hardware sets the access flag")
                        .with("S2S", 57, "faults stall")
                        .with("S2R", 58, "faults are recorded");

        static final WordLayout WORD_3 =
                WordLayout.of(NAME + ", word 3", SECTION)
                        .with("S2DS", 3, "52-bit addresses with 4 and 16 KiB")
                        .with("S2TTB", 51, 4, "stage-2 tables");

        @Override
        public String title() {
            return "stream table";
        }

        @Override
        public String section() {
            return SECTION;
        }

        @Override
        public int entryBytes() {
            return StreamTableEntry.BYTES;
        }

        @Override
        public String row(int index) {
            return "stream 0x" + Integer.toHexString(first + index);
        }

        @Override
        public List<WordLayout> words(long[] entry) {
            return entry(NAME, SECTION, WORD_0, WORD_1, WORD_2, WORD_3);
        }

        @Override
        public List<Pointer> pointers(int index, long[] words) {
            StreamTableEntry entry = new StreamTableEntry(words[0], words[1], words[2], words[3]);
            List<Pointer> all = new ArrayList<>();
            if (!entry.valid()) {
                return all;
            }
            PageTableShape second = entry.stage2() ? stage2(entry) : null;
            if (entry.stage1() && (second != null || !entry.stage2())) {
                AddressTables below = second == null ? null : second.translating(entry.s2Ttb());
                all.add(new Pointer(0, entry.s1ContextPtr(), contexts(entry), below));
            }
            if (second != null) {
                all.add(new Pointer(3, entry.s2Ttb(), second));
            }
            return all;
        }

        /** Null if the entry is illegal. */
        private static PageTableShape stage2(StreamTableEntry entry) {
            Granule granule = granule(entry.s2GranuleShift());
            int coded = Stage2StartLevel.coded(entry.s2GranuleShift(), entry.s2Sl0());
            if (granule == null || coded == Stage2StartLevel.NONE) {
                return null;
            }
            VmsaStage2Format format = new VmsaStage2Format(granule, entry.s2Ds());
            int level = VmsaFormat.level(coded);
            int inputBits = Long.SIZE - entry.s2T0Sz();
            int entries = 1 << Math.max(0, inputBits - format.shift(level));
            return new PageTableShape(format, level, 0, entries);
        }

        private static TableShape contexts(StreamTableEntry entry) {
            int bits = entry.s1CdMax();
            if (entry.s1Fmt() == LINEAR) {
                return new SmmuContextTables.Contexts(0, 1 << bits);
            }
            int leafBits = entry.s1Fmt() == 1 ? LEAF_64_BITS : LEAF_1024_BITS;
            return new SmmuContextTables.FirstLevel(leafBits, 1 << Math.max(0, bits - leafBits));
        }
    }
}
