package svasim.iommu.vtd;

import svasim.iommu.core.CapabilityRegisters;

/** VER, CAP and ECAP with the names of their fields (VT-d 5.10, 11.4.1 to 11.4.3). */
public final class CapabilityFields {
    /** Fields of ECAP whose place the reference does not know; software cannot read them. */
    private static final String UNPLACED = "ECAP without place";

    /**
     * Everything that is modelled: a recent server part. 3, 4 and 5 levels, 8 fault records at 220,
     * IOTLB registers at F0, 20-bit PASIDs.
     */
    private static final CapabilityRegisters DEFAULT =
            caps(ecap(version()))
                    .register(UNPLACED, 0)
                    .register("VER", 0x60)
                    .register("CAP", 0x91D2_078C_2278_0E06L)
                    .register("ECAP", 0x0023_EF9A_A400_0F47L);

    private CapabilityFields() {}

    /** What a unit says of itself. */
    public static CapabilityRegisters of(long cap, long ecap) {
        return DEFAULT.register("CAP", cap).register("ECAP", ecap);
    }

    static CapabilityRegisters defaults() {
        return DEFAULT;
    }

    private static CapabilityRegisters version() {
        return CapabilityRegisters.none().field("VER", "MIN", 0, 4).field("VER", "MAX", 4, 4);
    }

    private static CapabilityRegisters caps(CapabilityRegisters start) {
        return start.field("CAP", "ND", 0, 3)
                .field("CAP", "AFL", 3, 1)
                .field("CAP", "RWBF", 4, 1)
                .field("CAP", "PLMR", 5, 1)
                .field("CAP", "PHMR", 6, 1)
                .field("CAP", "CM", 7, 1)
                .field("CAP", "SAGAW", 8, 5)
                .field("CAP", "MGAW", 16, 6)
                .field("CAP", "ZLR", 22, 1)
                .field("CAP", "FRO", 24, 10)
                .field("CAP", "SSLPS", 34, 4)
                .field("CAP", "PSI", 39, 1)
                .field("CAP", "NFR", 40, 8)
                .field("CAP", "MAMV", 48, 6)
                .field("CAP", "DWD", 54, 1)
                .field("CAP", "DRD", 55, 1)
                .field("CAP", "FS1GP", 56, 1)
                .field("CAP", "PI", 59, 1)
                .field("CAP", "FS5LP", 60, 1)
                .field("CAP", "ECMDS", 61, 1)
                .field("CAP", "ESIRTPS", 62, 1)
                .field("CAP", "ESRTPS", 63, 1);
    }

    private static CapabilityRegisters ecap(CapabilityRegisters start) {
        return ecapScalable(
                start.field("ECAP", "C", 0, 1)
                        .field("ECAP", "QI", 1, 1)
                        .field("ECAP", "DT", 2, 1)
                        .field("ECAP", "IR", 3, 1)
                        .field("ECAP", "EIM", 4, 1)
                        .field("ECAP", "PT", 6, 1)
                        .field("ECAP", "SC", 7, 1)
                        .field("ECAP", "IRO", 8, 10)
                        .field("ECAP", "MHMV", 20, 4)
                        .field("ECAP", "MTS", 25, 1)
                        .field("ECAP", "NEST", 26, 1)
                        .field("ECAP", "PRS", 29, 1)
                        .field("ECAP", "ERS", 30, 1)
                        .field("ECAP", "SRS", 31, 1)
                        .field("ECAP", "NWFS", 33, 1)
                        .field("ECAP", "EAFS", 34, 1));
    }

    private static CapabilityRegisters ecapScalable(CapabilityRegisters start) {
        return start.field("ECAP", "PSS", 35, 5)
                .field("ECAP", "PASID", 40, 1)
                .field("ECAP", "DIT", 41, 1)
                .field("ECAP", "PDS", 42, 1)
                .field("ECAP", "SMTS", 43, 1)
                .field("ECAP", "VCS", 44, 1)
                .field("ECAP", "SSADS", 45, 1)
                .field("ECAP", "SSTS", 46, 1)
                .field("ECAP", "FSTS", 47, 1)
                .field("ECAP", "SMPWCS", 48, 1)
                .field("ECAP", "RPS", 49, 1)
                .field("ECAP", "TDXIO", 50, 1)
                .field("ECAP", "PMS", 51, 1)
                .field("ECAP", "ADMS", 52, 1)
                .field("ECAP", "RPRIVS", 53, 1)
                .plainField(UNPLACED, "ECAP.PTRS", 0, 1)
                .plainField(UNPLACED, "ECAP.HPTS", 1, 1);
    }
}
