package svasim.iommu.smmuv2;

import svasim.paging.Access;

/** Bits of a bank's FSR and FSYNR0 (reference smmuv2.md 3); the level in FSYNR0 is not sourced. */
public final class FaultSyndrome {
    /** Every kind of fault. */
    public static final int FAULTS = 0x1FE;

    /** SS: a transaction is stalled. */
    public static final int STALLED = 1 << 30;

    public static final int MULTI = 1 << 31;

    private static final int WRITE_NOT_READ = 1 << 4;

    private FaultSyndrome() {}

    /** FSYNR0 for an access with these bits of {@link Access}. */
    static int of(int access) {
        return (access & Access.WRITE) != 0 ? WRITE_NOT_READ : 0;
    }

    /** Whether a write met the fault, by FSYNR0. */
    public static boolean write(int syndrome) {
        return (syndrome & WRITE_NOT_READ) != 0;
    }
}
