package svasim.iommu.amdvi;

import svasim.iommu.core.CapabilityRegisters;

/** The extended feature register as the logic asks it (1.3). */
public final class Features {
    private static final int NO_HOST_TRANSLATION = 3;
    private static final int LEAST_HOST_LEVELS = 4;

    private final CapabilityRegisters registers;
    private final int hostLevels;
    private final int pasidBits;

    Features(CapabilityRegisters registers) {
        this.registers = registers;
        int hats = registers.field("EFR.HATS");
        hostLevels = hats == NO_HOST_TRANSLATION ? 0 : LEAST_HOST_LEVELS + hats;
        pasidBits = registers.field("EFR.PASmax") + 1;
    }

    /** What a unit says of itself. */
    public static Features of(long extendedFeatures, long extendedFeatures2) {
        return new Features(
                FeatureFields.defaults()
                        .register(FeatureFields.EFR, extendedFeatures)
                        .register(FeatureFields.EFR2, extendedFeatures2));
    }

    /** EFR as software reads it. */
    long register() {
        return registers.value(FeatureFields.EFR);
    }

    /** The second feature register as software reads it. */
    long secondRegister() {
        return registers.value(FeatureFields.EFR2);
    }

    /** Whether the root of GCR3 tables may be a guest physical address. */
    public boolean guestRootsInGuest() {
        return registers.has("EFR2.GCR3TRPMode");
    }

    /** Whether a field of one bit of EFR is set. */
    public boolean has(String field) {
        return registers.has("EFR." + field);
    }

    /** IotlbSup: the unit answers ATS requests. */
    boolean ats() {
        return registers.has("IotlbSup");
    }

    /** Most levels of host tables; 0 without host translation. */
    public int hostLevels() {
        return hostLevels;
    }

    /** Whether guest tables may have 5 levels. */
    boolean fiveGuestLevels() {
        return registers.field("EFR.GATS") >= 1;
    }

    /** Largest GLX. */
    public int largestGlx() {
        return Math.min(registers.field("EFR.GLXSup"), DeviceTableEntry.LARGEST_GLX);
    }

    public int pasidBits() {
        return pasidBits;
    }

    boolean pasidFits(int pasid) {
        return pasid >>> pasidBits == 0;
    }

    /** Largest DevTblSegEn: log2 of the number of device table segments. */
    int largestSegmentation() {
        return registers.field("EFR.DevTblSegSup");
    }
}
