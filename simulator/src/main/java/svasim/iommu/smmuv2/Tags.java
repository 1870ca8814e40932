package svasim.iommu.smmuv2;

import svasim.iommu.core.BroadcastTags;

/**
 * Tags of cached translations (reference smmuv2.md 3): the type of the context bank, VMID and ASID,
 * and the privilege, whose permissions the entry holds. Streams are no tag: equal tags must mean
 * equal tables.
 */
final class Tags {
    static final long ASID = 0xFFFFL;
    static final long VMID = 0xFFFFL << 16;

    /** CBAR.TYPE; entries of stage 2 alone are tagged as those of a stage 2 bank. */
    static final long TYPE = 0b11L << 32;

    /** nG=0: the entry serves every ASID. */
    static final long GLOBAL = 1L << 34;

    /** ASIDPNE: the ASID is not shared with CPUs. */
    static final long OWN_SET = 1L << 36;

    /** Of the types, those with a stage 1 have the lower bit. */
    private static final long WITH_STAGE_1 = 1L << 32;

    /** The same for broadcasts of CPUs; there is no world but EL1. */
    static final BroadcastTags BROADCAST =
            new BroadcastTags(WITH_STAGE_1, 0, WITH_STAGE_1, 0, GLOBAL, OWN_SET);

    private static final long PRIVILEGED = 1L << 35;
    private static final int VMID_SHIFT = 16;
    private static final int TYPE_SHIFT = 32;

    private Tags() {}

    static long of(int type, int vmid, int asid) {
        return (long) type << TYPE_SHIFT | (long) vmid << VMID_SHIFT | asid;
    }

    static long stage2(int vmid) {
        return of(BankAttributes.STAGE_2, vmid, 0);
    }

    /** The same tag for a global entry. */
    static long global(long tag) {
        return tag & ~ASID | GLOBAL;
    }

    static long withPrivilege(long tag, boolean privileged) {
        return privileged ? tag | PRIVILEGED : tag;
    }

    static boolean ofStage2(long tag) {
        return (tag & TYPE) >>> TYPE_SHIFT == BankAttributes.STAGE_2;
    }

    /** ASID of a tag, or its VMID if there is no ASID. */
    static int number(long tag) {
        return (int) (ofStage2(tag) ? (tag & VMID) >>> VMID_SHIFT : tag & ASID);
    }
}
