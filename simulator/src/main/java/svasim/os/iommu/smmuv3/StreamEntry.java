package svasim.os.iommu.smmuv3;

/** Words of stream table entries as the driver writes them (SMMUv3 reference, 2.1). */
final class StreamEntry {
    static final int WORDS = 8;
    static final int BYTES = WORDS * Long.BYTES;

    private static final long VALID = 1;
    private static final long TRANSLATES = 1 << 3;
    private static final long BYPASS = 0b100 << 1;
    private static final long STAGE_1 = 0b101 << 1;
    private static final long STAGE_2 = 0b110 << 1;
    private static final int CONTEXTS_SHIFT = 59;

    /** S1DSS: requests without SubstreamID are refused. */
    static final int TERMINATE = 0;

    /** S1DSS: they are not translated. */
    static final int SKIP_STAGE_1 = 1;

    /** S1DSS: they use context descriptor 0. */
    static final int SUBSTREAM_0 = 2;

    /** Context descriptors are fetched write-back, inner shareable. */
    private static final long CONTEXTS_CACHEABLE = 1 << 2 | 1 << 4 | 3 << 6;

    private static final long PASID_ON_ANSWERS = 1 << 18;
    private static final long STALL_DISABLED = 1 << 27;
    private static final long FULL_ATS = 1 << 28;
    private static final long INCOMING_SHAREABILITY = 1L << 44;

    private static final long STAGE_2_CACHEABLE = 1L << 40 | 1L << 42 | 3L << 44;
    private static final long AARCH64 = 1L << 51;
    private static final long PROTECTED_WALKS = 1L << 54;
    private static final long RECORD = 1L << 58;

    private StreamEntry() {}

    /** How a stream is treated, besides its translation. */
    record Treatment(boolean ats, boolean stallsForbidden, boolean pasidOnAnswers) {
        long word1() {
            return (ats ? FULL_ATS : 0)
                    | (stallsForbidden ? STALL_DISABLED : 0)
                    | (pasidOnAnswers ? PASID_ON_ANSWERS : 0)
                    | INCOMING_SHAREABILITY;
        }
    }

    /** Aborts everything without an event. */
    static long[] abort() {
        return new long[] {VALID, 0, 0, 0, 0, 0, 0, 0};
    }

    /** Nothing is translated. */
    static long[] bypass() {
        return new long[] {VALID | BYPASS, INCOMING_SHAREABILITY, 0, 0, 0, 0, 0, 0};
    }

    /**
     * Stage 1 by a table of context descriptors.
     *
     * @param table its address and format
     * @param bits log2 of the number of descriptors
     * @param withoutSubstream S1DSS
     */
    static long[] contexts(long table, int bits, int withoutSubstream, Treatment treatment) {
        long word1 = treatment.word1() | withoutSubstream | CONTEXTS_CACHEABLE;
        long word0 = VALID | STAGE_1 | table | (long) bits << CONTEXTS_SHIFT;
        return new long[] {word0, word1, 0, 0, 0, 0, 0, 0};
    }

    /** Stage 2 with tables of 4 KiB that start at level 1, for 40 bits of input or less. */
    static long[] stage2(int vmid, StageTwo tables, Treatment treatment) {
        long word2 =
                vmid
                        | (long) (Long.SIZE - tables.inputBits()) << 32
                        | 1L << 38
                        | STAGE_2_CACHEABLE
                        | (long) tables.outputSizeCode() << 48
                        | AARCH64
                        | PROTECTED_WALKS
                        | RECORD;
        return new long[] {VALID | STAGE_2, treatment.word1(), word2, tables.root(), 0, 0, 0, 0};
    }

    /** Tables of stage 2. */
    record StageTwo(long root, int inputBits, int outputSizeCode) {}

    /** Whether the unit looks at word 0 only. */
    static boolean usesFirstWordOnly(long word0) {
        return (word0 & VALID) == 0 || (word0 & TRANSLATES) == 0;
    }
}
