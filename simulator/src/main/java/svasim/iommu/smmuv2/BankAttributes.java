package svasim.iommu.smmuv2;

import svasim.iommu.core.Bits;

/** Bits of CBARn and CBA2Rn: what a context bank is for (reference smmuv2.md 2). */
public final class BankAttributes {
    // CBAR.TYPE.

    static final int STAGE_2 = 0;
    static final int STAGE_1 = 1;
    static final int STAGE_1_FAULTING = 2;
    static final int NESTED = 3;

    private static final int TYPE_SHIFT = 16;
    static final int TYPE_BITS = 3 << TYPE_SHIFT;

    private static final int INTERRUPT_SHIFT = 24;
    private static final int VMID_SHIFT = 16;
    static final int VMID16_BITS = 0xFFFF << VMID_SHIFT;

    private static final int VA64 = 1;

    /** Memory attributes of the bank do not restrict those of the tables. */
    private static final int STAGE_1_MEMORY = 3 << 8 | 0xF << 12;

    private BankAttributes() {}

    /** CBAR of a bank of stage 1. */
    public static int stage1(int interrupt) {
        return STAGE_1 << TYPE_SHIFT | STAGE_1_MEMORY | interrupt << INTERRUPT_SHIFT;
    }

    /** CBAR of a bank of stage 2. */
    public static int stage2(int vmid, int interrupt) {
        return STAGE_2 << TYPE_SHIFT | vmid | interrupt << INTERRUPT_SHIFT;
    }

    /** CBA2R of a bank with tables of VMSAv8-64. */
    public static int wideTables(int vmid) {
        return VA64 | vmid << VMID_SHIFT;
    }

    static int type(int cbar) {
        return Bits.small(cbar, 17, 16);
    }

    static int interrupt(int cbar) {
        return Bits.small(cbar, 31, 24);
    }

    /** Bank of stage 2 of a nested context; that the field lies here is general knowledge. */
    static int stage2Bank(int cbar) {
        return Bits.small(cbar, 15, 8);
    }

    /** VMID of 8 bits. */
    static int vmid(int cbar) {
        return Bits.small(cbar, 7, 0);
    }

    /** VMID of 16 bits. */
    static int vmid16(int cba2r) {
        return Bits.small(cba2r, 31, 16);
    }

    /** VA64: tables of VMSAv8-64. */
    static boolean hasWideTables(int cba2r) {
        return Bits.bit(cba2r, 0);
    }
}
