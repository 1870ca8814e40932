package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.os.iommu.UnitRegisters;

/** What the unit can do, as read from its identification registers (SMMUv3 reference, 1.2). */
record Capabilities(int idr0, int idr1, int idr3, int idr5) {
    private static final int STALL_MODEL_SHIFT = 24;
    private static final int TERMINATE_ONLY = 1;
    private static final int FORCED = 2;
    private static final int[] ADDRESS_BITS = {32, 36, 40, 42, 44, 48, 52, 56};

    static Capabilities read(UnitRegisters registers, Cpu cpu) {
        return new Capabilities(
                registers.read32(cpu, Registers.IDR0),
                registers.read32(cpu, Registers.IDR1),
                registers.read32(cpu, Registers.IDR3),
                registers.read32(cpu, Registers.IDR5));
    }

    boolean stage2() {
        return bit(idr0, 0);
    }

    boolean stage1() {
        return bit(idr0, 1);
    }

    /** Whether accesses to tables and queues are coherent. */
    boolean coherent() {
        return bit(idr0, 4);
    }

    /** Whether there is an EL2 stream world, whose translations a reset removes too. */
    boolean hypervisor() {
        return bit(idr0, 9);
    }

    boolean ats() {
        return bit(idr0, 10);
    }

    boolean messages() {
        return bit(idr0, 13);
    }

    boolean pageRequests() {
        return bit(idr0, 16);
    }

    int asidBits() {
        return bit(idr0, 12) ? 16 : 8;
    }

    boolean twoLevelContexts() {
        return bit(idr0, 19);
    }

    boolean twoLevelStreams() {
        return field(idr0, 27, 2) != 0;
    }

    /** Whether a stream can be stalled. */
    boolean stalls() {
        return field(idr0, STALL_MODEL_SHIFT, 2) != TERMINATE_ONLY;
    }

    /** Whether each stream has to be. */
    boolean stallsAlways() {
        return field(idr0, STALL_MODEL_SHIFT, 2) == FORCED;
    }

    int streamBits() {
        return field(idr1, 0, 6);
    }

    /** Bits of a SubstreamID, 0 without substreams. */
    int substreamBits() {
        return field(idr1, 6, 5);
    }

    int pageRequestQueueLog2() {
        return field(idr1, 11, 5);
    }

    int eventQueueLog2() {
        return field(idr1, 16, 5);
    }

    int commandQueueLog2() {
        return field(idr1, 21, 5);
    }

    /** Whether one command can name a range of pages. */
    boolean rangeInvalidation() {
        return bit(idr3, 10);
    }

    boolean granule4K() {
        return bit(idr5, 4);
    }

    /** Code of the output size, as CD.IPS and STE.S2PS want it. */
    int outputSizeCode() {
        return field(idr5, 0, 3);
    }

    int outputBits() {
        return ADDRESS_BITS[outputSizeCode()];
    }

    private static boolean bit(int word, int position) {
        return (word >>> position & 1) != 0;
    }

    private static int field(int word, int shift, int width) {
        return word >>> shift & (1 << width) - 1;
    }
}
