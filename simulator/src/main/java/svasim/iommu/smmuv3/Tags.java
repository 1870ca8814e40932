package svasim.iommu.smmuv3;

import java.util.List;
import svasim.iommu.core.BroadcastTags;

/**
 * Tags of cached translations (3.17): the stream world, VMID and ASID, whether the address is
 * intermediate, and the privilege, whose permissions the entry holds. StreamIDs are no tag: equal
 * tags must mean equal tables.
 */
final class Tags {
    static final long ASID = 0xFFFFL;
    static final long VMID = 0xFFFFL << 16;
    static final long WORLD = 0b11L << 32;

    /** Input addresses are intermediate addresses: an entry of stage 2 alone. */
    static final long INTERMEDIATE = 1L << 34;

    /** What names a kind of address space. */
    static final long KIND = WORLD | INTERMEDIATE;

    /** nG=0: the entry serves every ASID of the same set. */
    static final long GLOBAL = 1L << 35;

    /** ASET=1: the ASID is not shared with CPUs. */
    static final long OWN_SET = 1L << 36;

    /** The same for broadcasts of CPUs, which concern EL1. */
    static final BroadcastTags BROADCAST =
            new BroadcastTags(0, INTERMEDIATE, KIND, WORLD, GLOBAL, OWN_SET);

    private static final long PRIVILEGED = 1L << 37;
    private static final int VMID_SHIFT = 16;
    private static final int WORLD_SHIFT = 32;

    private Tags() {}

    /** Translations of input addresses by stage 1, or by both stages. */
    static long stage1(World world, int vmid, int asid) {
        return space(world, vmid) | asid;
    }

    /** Translations of intermediate addresses. */
    static long stage2(int vmid) {
        return space(World.EL1, vmid) | INTERMEDIATE;
    }

    static long space(World world, int vmid) {
        return (long) world.ordinal() << WORLD_SHIFT | (long) vmid << VMID_SHIFT;
    }

    /** Bits of a tag that an invalidation by VMID compares, if it ignores the lowest of them. */
    static long vmidMask(int wildcardBits) {
        return VMID & VMID << wildcardBits;
    }

    /** The same tag for a global entry. */
    static long global(long tag) {
        return tag & ~ASID | GLOBAL;
    }

    static long withPrivilege(long tag, boolean privileged) {
        return privileged ? tag | PRIVILEGED : tag;
    }

    /** ASID of a tag, or its VMID if there is no ASID. */
    static int number(long tag) {
        return (int) ((tag & INTERMEDIATE) != 0 ? (tag & VMID) >>> VMID_SHIFT : tag & ASID);
    }

    /** The parts of the tag of tables, for people. */
    static List<String> vmidAndAsid(long tag) {
        String asid = (tag & GLOBAL) != 0 ? "all" : Long.toString(tag & ASID);
        return List.of(Long.toString((tag & VMID) >>> VMID_SHIFT), asid);
    }
}
