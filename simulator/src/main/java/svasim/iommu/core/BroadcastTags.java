package svasim.iommu.core;

/**
 * How a unit of Arm tags translations: the ASID in bits 15:0, the VMID in bits 31:16, and its own
 * bits above.
 *
 * @param stage1 bits of translations by stage 1 of EL1, or by both stages together
 * @param stage2 bits of translations of intermediate addresses
 * @param kind bits that tell those two from each other and from other kinds
 * @param world those of them that tell EL1 from other exception levels
 * @param global set if an entry serves every ASID
 * @param ownSet set if the ASID is not shared with CPUs
 */
public record BroadcastTags(
        long stage1, long stage2, long kind, long world, long global, long ownSet) {
    static final long ASID = 0xFFFFL;

    private static final int VMID_SHIFT = 16;

    static long vmid(int vmid) {
        return (long) vmid << VMID_SHIFT;
    }
}
