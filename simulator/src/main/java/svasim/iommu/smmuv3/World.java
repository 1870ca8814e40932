package svasim.iommu.smmuv3;

/** Stream worlds of Non-secure streams (3.3.4): which translation regime a stream belongs to. */
enum World {
    EL1,
    EL2,
    EL2_E2H;

    /** World of a stream; EL1 unless the entry and the unit say otherwise (5.2, STRW). */
    static World of(StreamTableEntry ste, Features features, boolean e2h) {
        boolean el2 =
                ste.config() == StreamTableEntry.STAGE_1
                        && features.has(IdField.HYP)
                        && ste.strw() == StreamTableEntry.WORLD_EL2;
        if (!el2) {
            return EL1;
        }
        return e2h ? EL2_E2H : EL2;
    }

    /** Whether there are two halves of the input range, with TTB0 and TTB1. */
    boolean hasHighHalf() {
        return this != EL2;
    }

    boolean usesAsid() {
        return this != EL2;
    }

    boolean usesVmid() {
        return this == EL1;
    }
}
