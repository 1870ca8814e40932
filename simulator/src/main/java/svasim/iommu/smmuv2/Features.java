package svasim.iommu.smmuv2;

import svasim.iommu.core.CapabilityRegisters;
import svasim.paging.Granule;
import svasim.units.Require;

/**
 * What the unit has, from its identification registers (reference smmuv2.md 1).
 *
 * @param registers ID0, ID1, ID2 and ID7
 */
public record Features(CapabilityRegisters registers) {
    private static final int SMALL_PAGE_SHIFT = 12;
    private static final int LARGE_PAGE_SHIFT = 16;
    private static final int MATCHED_STREAM_BITS = 15;
    private static final int EXTENDED_STREAM_BITS = 16;
    private static final int LARGEST_INDEXED = 7;
    private static final int UPSTREAM_49 = 5;
    private static final int NO_AARCH32 = 3;
    private static final int REGISTER_SPACE_LIMIT = 1 << 30;
    private static final int[] SIZES = {32, 36, 40, 42, 44, 48};

    public Features {
        atMost(registers, "ID0.NUMSMRG", 0x80);
        atMost(registers, "ID1.NUMCB", 0x80);
        atMost(registers, "ID2.IAS", SIZES.length - 1);
        atMost(registers, "ID2.OAS", SIZES.length - 1);
        atMost(registers, "ID2.UBS", UPSTREAM_49);
        Require.that(
                registers.field("ID0.PTFS") == NO_AARCH32,
                "features",
                "ID0.PTFS=" + registers.field("ID0.PTFS"),
                "3: AArch32 tables are not modelled");
    }

    private static void atMost(CapabilityRegisters registers, String field, int limit) {
        int value = registers.field(field);
        Require.that(value <= limit, "features", field + "=" + value, "at most " + limit);
    }

    /** Checks that hold between several fields. */
    Features checked() {
        Require.that(
                contextBanks() <= halfPages(),
                "features",
                "ID1.NUMCB=" + contextBanks(),
                "at most " + halfPages() + ", the pages of ID1.NUMPAGENDXB");
        Require.that(
                stage2OnlyBanks() <= contextBanks(),
                "features",
                "ID1.NUMS2CB=" + stage2OnlyBanks(),
                "at most ID1.NUMCB");
        Require.that(
                (long) halfPages() << pageShift() + 1 <= REGISTER_SPACE_LIMIT,
                "features",
                "ID1.NUMPAGENDXB=" + registers.field("ID1.NUMPAGENDXB"),
                "a register space of at most 1 GiB");
        return this;
    }

    /**
     * Everything that is modelled: 48 stream match registers, 32 context banks of both stages in
     * pages of 4 KiB, 8 context interrupts, 48-bit addresses, all granules.
     */
    static CapabilityRegisters defaults() {
        return CapabilityRegisters.none()
                .register("ID0", 0x7B08_5F30L)
                .register("ID1", 0x4000_0020L)
                .register("ID2", 0xF555L)
                .register("ID7", 0)
                .field("ID0", "NUMSMRG", 0, 8)
                .field("ID0", "EXIDS", 8, 1)
                .field("ID0", "NUMSIDB", 9, 4)
                .field("ID0", "CTTW", 14, 1)
                .field("ID0", "NUMIRPT", 16, 8)
                .field("ID0", "PTFS", 24, 2)
                .field("ID0", "ATOSNS", 26, 1)
                .field("ID0", "SMS", 27, 1)
                .field("ID0", "NTS", 28, 1)
                .field("ID0", "S2TS", 29, 1)
                .field("ID0", "S1TS", 30, 1)
                .field("ID1", "NUMCB", 0, 8)
                .field("ID1", "NUMS2CB", 16, 8)
                .field("ID1", "NUMPAGENDXB", 28, 3)
                .field("ID1", "PAGESIZE", 31, 1)
                .field("ID2", "IAS", 0, 4)
                .field("ID2", "OAS", 4, 4)
                .field("ID2", "UBS", 8, 4)
                .field("ID2", "4K", 12, 1)
                .field("ID2", "16K", 13, 1)
                .field("ID2", "64K", 14, 1)
                .field("ID2", "VMID16", 15, 1);
    }

    /** What a unit says of itself. */
    public static Features of(int id0, int id1, int id2) {
        return new Features(
                defaults()
                        .register("ID0", Integer.toUnsignedLong(id0))
                        .register("ID1", Integer.toUnsignedLong(id1))
                        .register("ID2", Integer.toUnsignedLong(id2)));
    }

    /** log2 of the size of a register page. */
    public int pageShift() {
        return registers.has("ID1.PAGESIZE") ? LARGE_PAGE_SHIFT : SMALL_PAGE_SHIFT;
    }

    /** NUMPAGE: register pages of the global half, and of the half of the context banks. */
    public int halfPages() {
        return 2 << registers.field("ID1.NUMPAGENDXB");
    }

    public int contextBanks() {
        return registers.field("ID1.NUMCB");
    }

    /** The first banks know stage 2 only; this is their number. */
    public int stage2OnlyBanks() {
        return registers.field("ID1.NUMS2CB");
    }

    public int contextInterrupts() {
        return registers.field("ID0.NUMIRPT");
    }

    public boolean matchesStreams() {
        return registers.has("ID0.SMS");
    }

    /** Stream mapping groups; with stream indexing, one for each stream ID, at most 128. */
    public int mappingGroups() {
        int streamBits = registers.field("ID0.NUMSIDB");
        return matchesStreams()
                ? registers.field("ID0.NUMSMRG")
                : 1 << Math.min(streamBits, LARGEST_INDEXED);
    }

    /** Bits of a stream ID that reach the unit. */
    public int streamBits(boolean extended) {
        return extended
                ? EXTENDED_STREAM_BITS
                : Math.min(registers.field("ID0.NUMSIDB"), MATCHED_STREAM_BITS);
    }

    public boolean extendedStreams() {
        return registers.has("ID0.EXIDS");
    }

    public boolean stage1() {
        return registers.has("ID0.S1TS");
    }

    boolean stage2() {
        return registers.has("ID0.S2TS");
    }

    boolean nested() {
        return registers.has("ID0.NTS") && stage1() && stage2();
    }

    /** Whether software can have addresses translated by a register. */
    boolean addressTranslation() {
        return !registers.has("ID0.ATOSNS");
    }

    public boolean vmid16() {
        return registers.has("ID2.VMID16");
    }

    public boolean granule(Granule granule) {
        return switch (granule) {
            case KIB_4 -> registers.has("ID2.4K");
            case KIB_16 -> registers.has("ID2.16K");
            case KIB_64 -> registers.has("ID2.64K");
        };
    }

    int intermediateBits() {
        return SIZES[registers.field("ID2.IAS")];
    }

    /** CTTW: tables are walked coherently. */
    public boolean coherent() {
        return registers.has("ID0.CTTW");
    }

    /** Code of the output size, as TCR2.PASIZE and TCR.PASize want it. */
    public int outputSizeCode() {
        return registers.field("ID2.OAS");
    }

    public int outputBits() {
        return SIZES[outputSizeCode()];
    }

    /** Bits of a size that is coded as OAS, capped at OAS; codes that do not exist mean OAS. */
    int cappedBits(int code) {
        return code < SIZES.length ? Math.min(SIZES[code], outputBits()) : outputBits();
    }

    /** Bits of an address as it comes from upstream, its sign included. */
    public int upstreamBits() {
        int code = registers.field("ID2.UBS");
        return code == UPSTREAM_49 ? SIZES[UPSTREAM_49] + 1 : SIZES[code];
    }
}
