package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;

/** Stream table entry, the four of its eight words that the Non-secure unit reads (5.2). */
public record StreamTableEntry(long w0, long w1, long w2, long w3) {
    /** Config: which stages are used; other values abort without an event. */
    public static final int BYPASS = 0b100;

    public static final int STAGE_1 = 0b101;
    static final int STAGE_2 = 0b110;
    static final int NESTED = 0b111;

    /** S1DSS: what becomes of traffic without substream. */
    public static final int TERMINATE = 0;

    public static final int SKIP_STAGE_1 = 1;
    public static final int USE_SUBSTREAM_0 = 2;

    /** EATS: what ATS may do. */
    public static final int ATS_ABORT = 0;

    public static final int ATS_FULL = 1;
    static final int ATS_SPLIT = 2;
    static final int ATS_DPT = 3;

    /** STRW: stream world of a stage-1 stream. */
    static final int WORLD_EL1 = 0;

    static final int WORLD_EL2 = 2;

    /** PRIVCFG and INSTCFG, which replace what the request says. */
    static final int FORCE_CLEAR = 2;

    static final int FORCE_SET = 3;

    public static final int BYTES = 64;

    /** S1Fmt of leaves of 1024 descriptors, as it stands beside the address of the table. */
    public static final long LEAVES_OF_1024 = 2 << 4;

    private static final long VALID = 1;
    private static final long TRANSLATES = 1 << 3;
    private static final int CONFIG_SHIFT = 1;
    private static final int CONTEXTS_SHIFT = 59;

    /** Context descriptors are fetched write-back, inner shareable. */
    private static final long CONTEXTS_CACHEABLE = 1 << 2 | 1 << 4 | 3 << 6;

    private static final int PASID_ON_ANSWERS = 18;
    private static final int STALL_DISABLED = 27;
    private static final int FULL_ATS = 28;
    private static final long INCOMING_SHAREABILITY = 1L << 44;

    private static final long STAGE_2_CACHEABLE = 1L << 40 | 1L << 42 | 3L << 44;
    private static final long AARCH64 = 1L << 51;
    private static final long PROTECTED_WALKS = 1L << 54;
    private static final long RECORD = 1L << 58;

    private static final long ATS_FIELD = 3L << FULL_ATS;
    private static final long GUEST_0 = Bits.inPlace(-1L, 55, 6) | Bits.inPlace(-1L, 63, 59) | 0x3F;
    private static final long GUEST_1 = 0xFF | ATS_FIELD | 1L << STALL_DISABLED;

    /** Aborts everything without an event. */
    public static final StreamTableEntry ABORTING = new StreamTableEntry(VALID, 0, 0, 0);

    /** Nothing is translated. */
    public static final StreamTableEntry BYPASSING =
            new StreamTableEntry(VALID | BYPASS << CONFIG_SHIFT, INCOMING_SHAREABILITY, 0, 0);

    /** How a stream is treated, besides its translation. */
    public record Treatment(boolean ats, boolean stallsForbidden, boolean pasidOnAnswers) {
        private long word1() {
            return Bits.flag(ats, FULL_ATS)
                    | Bits.flag(stallsForbidden, STALL_DISABLED)
                    | Bits.flag(pasidOnAnswers, PASID_ON_ANSWERS)
                    | INCOMING_SHAREABILITY;
        }
    }

    /** Tables of stage 2. */
    public record StageTwo(long root, int inputBits, int outputSizeCode) {}

    /**
     * Stage 1 by a table of context descriptors.
     *
     * @param table its address and format
     * @param bits log2 of the number of descriptors
     * @param withoutSubstream S1DSS
     */
    public static StreamTableEntry contexts(
            long table, int bits, int withoutSubstream, Treatment treatment) {
        long word0 = VALID | STAGE_1 << CONFIG_SHIFT | table | (long) bits << CONTEXTS_SHIFT;
        long word1 = treatment.word1() | withoutSubstream | CONTEXTS_CACHEABLE;
        return new StreamTableEntry(word0, word1, 0, 0);
    }

    /** Stage 2 with tables of 4 KiB that start at level 1, for 40 bits of input or less. */
    public static StreamTableEntry stage2(int vmid, StageTwo tables, Treatment treatment) {
        long word2 =
                vmid
                        | (long) (Long.SIZE - tables.inputBits()) << 32
                        | 1L << 38
                        | STAGE_2_CACHEABLE
                        | (long) tables.outputSizeCode() << 48
                        | AARCH64
                        | PROTECTED_WALKS
                        | RECORD;
        long word0 = VALID | STAGE_2 << CONFIG_SHIFT;
        return new StreamTableEntry(word0, treatment.word1(), word2, tables.root());
    }

    /**
     * Stage 1 of a guest over stage 2 of its machine.
     *
     * @param guest of the guest's entry what {@link #ofGuest} leaves
     */
    public static StreamTableEntry nested(
            StreamTableEntry guest, int vmid, StageTwo tables, Treatment treatment) {
        StreamTableEntry below = stage2(vmid, tables, treatment);
        long config = NESTED << CONFIG_SHIFT;
        long word0 = guest.w0 & ~(0b111L << CONFIG_SHIFT) | config;
        long word1 = guest.w1 & ~ATS_FIELD | below.w1;
        return new StreamTableEntry(word0, word1, below.w2, below.w3);
    }

    /**
     * The fields that a guest may choose of an entry of its own: V, Config, S1Fmt, S1ContextPtr and
     * S1CDMax; S1DSS, S1CIR, S1COR, S1CSH, EATS and S1STALLD.
     */
    public static StreamTableEntry ofGuest(long word0, long word1) {
        return new StreamTableEntry(word0 & GUEST_0, word1 & GUEST_1, 0, 0);
    }

    /** All words, as they lie in memory. */
    public long[] words() {
        return new long[] {w0, w1, w2, w3, 0, 0, 0, 0};
    }

    /** Whether nothing is looked at but word 0, which is this. */
    public static boolean usesFirstWordOnly(long word0) {
        return (word0 & VALID) == 0 || (word0 & TRANSLATES) == 0;
    }

    public boolean valid() {
        return Bits.bit(w0, 0);
    }

    public int config() {
        return Bits.small(w0, 3, 1);
    }

    /** Whether the stream is aborted without an event (Config 0xx). */
    public boolean aborts() {
        return config() < BYPASS;
    }

    boolean stage1() {
        return config() == STAGE_1 || config() == NESTED;
    }

    boolean stage2() {
        return config() == STAGE_2 || config() == NESTED;
    }

    /** S1Fmt: 0 linear, 1 leaves of 64, 2 leaves of 1024; 3 counts as 0. */
    public int s1Fmt() {
        int code = Bits.small(w0, 5, 4);
        return code == 3 ? 0 : code;
    }

    long s1ContextPtr() {
        return Bits.inPlace(w0, 55, 6);
    }

    public int s1CdMax() {
        return Bits.small(w0, 63, 59);
    }

    /** S1DSS; 3 counts as {@link #TERMINATE}. */
    int s1Dss() {
        int code = Bits.small(w1, 1, 0);
        return code == 3 ? TERMINATE : code;
    }

    /** CONT: 2^CONT entries around this one are alike. */
    int cont() {
        return Bits.small(w1, 16, 13);
    }

    /** PPAR: automatic answers to page requests carry the PASID. */
    boolean pasidOnAutomaticAnswers() {
        return Bits.bit(w1, 18);
    }

    /** MEV: identical events may be merged. */
    boolean mergesEvents() {
        return Bits.bit(w1, 19);
    }

    boolean s2Fwb() {
        return Bits.bit(w1, 25);
    }

    /** S1MPAM: the contexts' PARTIDs are mapped by the guest's structure. */
    boolean s1Mpam() {
        return Bits.bit(w1, 26);
    }

    boolean s1StallDisabled() {
        return Bits.bit(w1, 27);
    }

    public int eats() {
        return Bits.small(w1, 29, 28);
    }

    int strw() {
        return Bits.small(w1, 31, 30);
    }

    int privCfg() {
        return Bits.small(w1, 49, 48);
    }

    int instCfg() {
        return Bits.small(w1, 51, 50);
    }

    int s2Vmid() {
        return Bits.small(w2, 15, 0);
    }

    int s2T0Sz() {
        return Bits.small(w2, 37, 32);
    }

    /** S2SL0, with S2SL0_2 above it where S2DS makes that count. */
    int s2Sl0() {
        return Bits.small(w2, 39, 38) | (s2Ds() ? Bits.small(w3, 2, 2) << 2 : 0);
    }

    /** log2 of the granule of S2TG, or 0 if the value is reserved. */
    int s2GranuleShift() {
        return switch (Bits.small(w2, 47, 46)) {
            case 0 -> 12;
            case 1 -> 16;
            case 2 -> 14;
            default -> 0;
        };
    }

    int s2Ps() {
        return Bits.small(w2, 50, 48);
    }

    boolean s2Aa64() {
        return Bits.bit(w2, 51);
    }

    boolean s2BigEndian() {
        return Bits.bit(w2, 52);
    }

    boolean s2AccessFaultDisabled() {
        return Bits.bit(w2, 53);
    }

    boolean s2ProtectedTableWalk() {
        return Bits.bit(w2, 54);
    }

    boolean s2Hd() {
        return Bits.bit(w2, 55);
    }

    boolean s2Ha() {
        return Bits.bit(w2, 56);
    }

    boolean s2Stall() {
        return Bits.bit(w2, 57);
    }

    boolean s2Record() {
        return Bits.bit(w2, 58);
    }

    boolean s2Haft() {
        return Bits.bit(w2, 59);
    }

    boolean s2Ds() {
        return Bits.bit(w3, 3);
    }

    long s2Ttb() {
        return Bits.inPlace(w3, 51, 4);
    }
}
