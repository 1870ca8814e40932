package svasim.iommu.amdvi;

import java.util.List;
import svasim.iommu.core.CapabilityRegisters;
import svasim.units.Require;

/**
 * The extended feature registers and the capability header, with the names of their fields (1.3).
 * The reference names no field of EFR2; the one here is where Linux has it.
 */
final class FeatureFields {
    static final String EFR = "EFR";
    static final String EFR2 = "EFR2";

    /** First word of the capability in configuration space. */
    static final String CAPABILITY = "CAP";

    /** Asks for what is not modelled. */
    private static final List<String> ABSENT =
            List.of("EFR.DualPprLogSup", "EFR.DualEventLogSup", "EFR.MarcSup", "EFR.SNPSup");

    /**
     * Everything that is modelled: host tables of 6 levels, guest tables of 5, 20-bit PASIDs, page
     * requests with automatic answers, hardware update of host tables, 8 device table segments,
     * GCR3 tables at guest physical addresses.
     */
    private static final CapabilityRegisters DEFAULT =
            newer(logs(tables(basic(capability()))))
                    .register(EFR, 0x0013_53F3_0000_985FL)
                    .register(EFR2, 1 << 3)
                    .register(CAPABILITY, 0x0903_000FL);

    private FeatureFields() {}

    static CapabilityRegisters defaults() {
        return DEFAULT;
    }

    /**
     * Checks that only modelled features are asked for.
     *
     * @throws Require.Violation of component {@code features}
     */
    static void requireModelled(CapabilityRegisters values) {
        for (String name : ABSENT) {
            int value = values.field(name);
            Require.that(value == 0, "features", name + "=" + value, "0, it is not modelled");
        }
    }

    private static CapabilityRegisters capability() {
        return CapabilityRegisters.none()
                .plainField(CAPABILITY, "IotlbSup", 24, 1)
                .plainField(CAPABILITY, "NpCache", 26, 1)
                .plainField(CAPABILITY, "EFRSup", 27, 1)
                .field(EFR2, "GCR3TRPMode", 3, 1);
    }

    private static CapabilityRegisters basic(CapabilityRegisters start) {
        return start.field(EFR, "PreFSup", 0, 1)
                .field(EFR, "PPRSup", 1, 1)
                .field(EFR, "XTSup", 2, 1)
                .field(EFR, "NXSup", 3, 1)
                .field(EFR, "GTSup", 4, 1)
                .field(EFR, "GAPPISup", 5, 1)
                .field(EFR, "IASup", 6, 1)
                .field(EFR, "GASup", 7, 1)
                .field(EFR, "HESup", 8, 1)
                .field(EFR, "PCSup", 9, 1);
    }

    private static CapabilityRegisters tables(CapabilityRegisters start) {
        return start.field(EFR, "HATS", 10, 2)
                .field(EFR, "GATS", 12, 2)
                .field(EFR, "GLXSup", 14, 2)
                .field(EFR, "SmiFSup", 16, 2)
                .field(EFR, "SmiFRC", 18, 3)
                .field(EFR, "GAMSup", 21, 3)
                .field(EFR, "PASmax", 32, 5)
                .field(EFR, "USSup", 37, 1)
                .field(EFR, "DevTblSegSup", 38, 2);
    }

    private static CapabilityRegisters logs(CapabilityRegisters start) {
        return start.field(EFR, "DualPprLogSup", 24, 2)
                .field(EFR, "DualEventLogSup", 28, 2)
                .field(EFR, "PprOvrflwEarlySup", 40, 1)
                .field(EFR, "PprAutoRspSup", 41, 1)
                .field(EFR, "BlkStopMrkSup", 44, 1);
    }

    private static CapabilityRegisters newer(CapabilityRegisters start) {
        return start.field(EFR, "SATSSup", 31, 1)
                .field(EFR, "MarcSup", 42, 2)
                .field(EFR, "PerfOptSup", 45, 1)
                .field(EFR, "MsiCapMmioSup", 46, 1)
                .field(EFR, "GIoSup", 48, 1)
                .field(EFR, "HASup", 49, 1)
                .field(EFR, "EPHSup", 50, 1)
                .field(EFR, "AttrFWSup", 51, 1)
                .field(EFR, "HDSup", 52, 1)
                .field(EFR, "InvIotlbTypeSup", 54, 1)
                .field(EFR, "GAUpdateDisSup", 61, 1)
                .field(EFR, "ForcePhyDestSup", 62, 1)
                .field(EFR, "SNPSup", 63, 1);
    }
}
