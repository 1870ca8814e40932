package svasim.iommu.core;

/**
 * TLB maintenance that an Arm CPU broadcasts to its inner-shareable domain (Arm architecture
 * manual, TLBI; SMMUv3 3.17.2).
 *
 * @param vmid of the CPU's address space
 * @param asid counts for ASID and VA
 * @param address first input or intermediate address; counts for VA, VAA and IPA
 * @param bytes size of the range
 * @param leaf whether pointers to tables stay
 */
public record BroadcastTlbi(
        Operation operation, int vmid, int asid, long address, long bytes, boolean leaf) {
    /** What is named. */
    public enum Operation {
        /** TLBI VAE1IS, VALE1IS: pages of one ASID, and global ones. */
        VA,
        /** TLBI VAAE1IS, VAALE1IS: pages of every ASID. */
        VAA,
        /** TLBI ASIDE1IS. */
        ASID,
        /** TLBI VMALLE1IS: stage 1 of one VMID. */
        VMALL_E1,
        /** TLBI IPAS2E1IS, IPAS2LE1IS. */
        IPA,
        /** TLBI VMALLS12E1IS: both stages of one VMID. */
        VMALL_S12_E1,
        /** TLBI ALLE1IS: everything of EL1. */
        ALL_E1
    }

    /** Everything that the operation names, whatever the address. */
    public static BroadcastTlbi of(Operation operation, int vmid, int asid) {
        return new BroadcastTlbi(operation, vmid, asid, 0, 0, false);
    }
}
