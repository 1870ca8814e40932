package svasim.os.iommu.smmuv3;

import svasim.iommu.smmuv3.Features;
import svasim.iommu.smmuv3.IdField;
import svasim.iommu.smmuv3.StreamTableEntry;
import svasim.os.iommu.GuestTables;

/**
 * What a guest's stream table entry asks for (arm_smmu_validate_vste): nothing, what stage 2 alone
 * gives, or its own stage 1. Fields that are not the guest's are left out.
 */
final class GuestStream {
    /** What becomes of the device's requests. */
    enum Wish {
        ABORT,
        STAGE_2_ONLY,
        NESTED
    }

    private final StreamTableEntry entry;
    private final Wish wish;

    /**
     * @param contextBits log2 of the context descriptors that the device can distinguish
     */
    GuestStream(GuestTables tables, Features has, int contextBits) {
        this.entry = StreamTableEntry.ofGuest(tables.word(0), tables.word(1));
        this.wish = wish(has, contextBits);
    }

    private Wish wish(Features has, int contextBits) {
        if (!entry.valid() || entry.aborts()) {
            return Wish.ABORT;
        }
        return switch (entry.config()) {
            case StreamTableEntry.BYPASS -> Wish.STAGE_2_ONLY;
            case StreamTableEntry.STAGE_1 -> legal(has, contextBits) ? Wish.NESTED : Wish.ABORT;
            default -> Wish.ABORT;
        };
    }

    /** A guest has no stage 2, so that ATS is full or none. */
    private boolean legal(Features has, int contextBits) {
        boolean tables = entry.s1CdMax() == 0 || entry.s1Fmt() == 0 || has.has(IdField.CD2L);
        boolean ats =
                entry.eats() == StreamTableEntry.ATS_ABORT
                        || entry.eats() == StreamTableEntry.ATS_FULL;
        return tables && ats && entry.s1CdMax() <= contextBits;
    }

    Wish wish() {
        return wish;
    }

    /** Whether the guest lets the device use ATS. */
    boolean allowsAts() {
        return wish == Wish.STAGE_2_ONLY
                || wish == Wish.NESTED && entry.eats() == StreamTableEntry.ATS_FULL;
    }

    StreamTableEntry entry() {
        return entry;
    }
}
