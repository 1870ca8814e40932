package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.os.iommu.UnitRegisters;

/** What the unit has, as read from its identification registers (SMMUv2 reference, 1). */
record Capabilities(int id0, int id1, int id2) {
    private static final int SMALL_PAGE_SHIFT = 12;
    private static final int LARGE_PAGE_SHIFT = 16;
    private static final int[] ADDRESS_BITS = {32, 36, 40, 42, 44, 48};
    private static final int UPSTREAM_49 = 5;
    private static final int MATCHED_STREAM_BITS = 15;
    private static final int EXTENDED_STREAM_BITS = 16;

    /** Streams that can be told apart by indexing. */
    private static final int INDEXED_STREAM_BITS = 7;

    static Capabilities read(UnitRegisters registers, Cpu cpu) {
        return new Capabilities(
                registers.read32(cpu, Registers.ID0),
                registers.read32(cpu, Registers.ID1),
                registers.read32(cpu, Registers.ID2));
    }

    boolean stage1() {
        return bit(id0, 30);
    }

    /** Whether streams are matched by SMRs; else a stream ID is the number of its S2CR. */
    boolean matchesStreams() {
        return bit(id0, 27);
    }

    /** Whether stream IDs of 16 bits can be matched. */
    boolean extendedStreams() {
        return bit(id0, 8);
    }

    /** Stream mapping groups. */
    int streamGroups() {
        return matchesStreams()
                ? field(id0, 0, 8)
                : 1 << Math.min(field(id0, 9, 4), INDEXED_STREAM_BITS);
    }

    /** Stream ID that a requester ID reaches the unit as. */
    int streamId(int requesterId) {
        int bits =
                extendedStreams()
                        ? EXTENDED_STREAM_BITS
                        : Math.min(field(id0, 9, 4), MATCHED_STREAM_BITS);
        return requesterId & (1 << bits) - 1;
    }

    /** Whether tables are walked coherently. */
    boolean coherent() {
        return bit(id0, 14);
    }

    /** Interrupts that context banks share. */
    int contextInterrupts() {
        return field(id0, 16, 8);
    }

    int contextBanks() {
        return field(id1, 0, 8);
    }

    /** The first banks have stage 2 only; so many of them. */
    int stage2Banks() {
        return field(id1, 16, 8);
    }

    /** log2 of the size of a page of registers. */
    int pageShift() {
        return bit(id1, 31) ? LARGE_PAGE_SHIFT : SMALL_PAGE_SHIFT;
    }

    /** Pages of registers before those of context banks. */
    int globalPages() {
        return 2 << field(id1, 28, 3);
    }

    /** Code of the output size, as TCR2.PASIZE and TCR.PASize want it. */
    int outputSizeCode() {
        return field(id2, 4, 4);
    }

    int outputBits() {
        return ADDRESS_BITS[outputSizeCode()];
    }

    /** Bits of an address from upstream, its sign included. */
    int upstreamBits() {
        int code = field(id2, 8, 4);
        return code == UPSTREAM_49 ? ADDRESS_BITS[code] + 1 : ADDRESS_BITS[code];
    }

    boolean granule4K() {
        return bit(id2, 12);
    }

    boolean wideVmid() {
        return bit(id2, 15);
    }

    private static boolean bit(int word, int position) {
        return (word >>> position & 1) != 0;
    }

    private static int field(int word, int shift, int width) {
        return word >>> shift & (1 << width) - 1;
    }
}
