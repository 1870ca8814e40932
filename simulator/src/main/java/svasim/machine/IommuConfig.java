package svasim.machine;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import svasim.guest.ViommuConfig;
import svasim.iommu.amdvi.AmdVi;
import svasim.iommu.amdvi.AmdViConfig;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.VirtualCommands;
import svasim.iommu.smmuv2.SmmuV2;
import svasim.iommu.smmuv2.SmmuV2Config;
import svasim.iommu.smmuv3.SmmuConfig;
import svasim.iommu.smmuv3.SmmuV3;
import svasim.iommu.virtio.VirtioConfig;
import svasim.iommu.virtio.VirtioIommu;
import svasim.iommu.vtd.VtdConfig;
import svasim.iommu.vtd.VtdIommu;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.UnitSite;
import svasim.os.iommu.amdvi.AmdViDriver;
import svasim.os.iommu.smmuv2.SmmuV2Driver;
import svasim.os.iommu.smmuv3.SmmuDriver;
import svasim.os.iommu.virtio.VirtioDriver;
import svasim.os.iommu.vtd.VtdDriver;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Which IOMMU the machine has, and its configuration; absent keys take defaults. The section of
 * another unit than the machine's is an error; without a unit, all sections rest.
 *
 * @param unit kind of IOMMU
 * @param toMemory time that an access of the unit to memory takes besides that of memory: a read of
 *     a table or queue, there and back, or a write
 * @param vtd configuration of a VT-d unit
 * @param smmuv3 configuration of an SMMUv3
 * @param amdvi configuration of an AMD IOMMU
 * @param smmuv2 configuration of an SMMUv2
 * @param virtio configuration of a virtio-iommu
 * @param further scopes of further units of the same kind and configuration, by name; the first
 *     unit, {@code iommu0}, is above all the rest
 * @source toMemory: chosen: a unit as near to memory as the root complex; a profile says where its
 *     own is from
 */
public record IommuConfig(
        Unit unit,
        Picoseconds toMemory,
        VtdConfig vtd,
        SmmuConfig smmuv3,
        AmdViConfig amdvi,
        SmmuV2Config smmuv2,
        VirtioConfig virtio,
        Map<String, UnitScope> further) {
    private static final long REGISTERS = 0xFED9_0000L;
    private static final long REGISTER_BYTES = 0x4_0000L;

    /** The same as a guest sees it. */
    IommuConfig emulated(ViommuConfig virtual) {
        return new IommuConfig(
                unit,
                toMemory,
                vtd == null ? null : emulated(vtd, virtual),
                smmuv3 == null ? null : emulated(smmuv3, virtual),
                amdvi == null ? null : emulated(amdvi, virtual),
                smmuv2,
                this.virtio,
                Map.of());
    }

    /**
     * Entries that become present are told too. There are first-stage tables only, which the
     * machine's unit walks over the guest's memory; where tables are copied, second-stage ones too,
     * of which every change is told.
     */
    private static VtdConfig emulated(VtdConfig real, ViommuConfig virtual) {
        boolean copied = virtual.mode() == ViommuConfig.Mode.CACHING;
        Map<String, Long> common = Map.of("CAP.CM", 1L, "ECAP.NEST", 0L);
        VtdConfig told = real.withFeatures(common).withDescriptor(virtual.command());
        return copied ? told : told.withFeatures(Map.of("ECAP.SSTS", 0L));
    }

    /** There is no second stage, and no broadcast of the guest's cores reaches the unit. */
    private static SmmuConfig emulated(SmmuConfig real, ViommuConfig virtual) {
        return real.withFeatures(Map.of("IDR0.S2P", 0L, "IDR0.BTM", 0L))
                .withCommand(virtual.command());
    }

    /** There are no host tables: the guest's DMA API has to use the guest's physical addresses. */
    private static AmdViConfig emulated(AmdViConfig real, ViommuConfig virtual) {
        return real.withFeatures(Map.of("EFR.HATS", 3L)).withCommand(virtual.command());
    }

    /** Kinds of IOMMU that a machine can have. */
    public enum Unit {
        /** Devices use physical addresses. */
        NONE(null),
        VTD(VtdDriver::new),
        SMMUV3(SmmuDriver::new),
        AMDVI(AmdViDriver::new),
        SMMUV2(SmmuV2Driver::new),
        VIRTIO(VirtioDriver::new);

        private final Function<UnitSite, IommuDriver> driver;

        Unit(Function<UnitSite, IommuDriver> driver) {
            this.driver = driver;
        }

        /** Whether the unit's page tables are those of Arm. */
        boolean ofArm() {
            return this == SMMUV2 || this == SMMUV3;
        }

        /** Whether the unit walks page tables that have to be in the format of the CPU. */
        boolean walksTables() {
            return this != NONE && this != VIRTIO;
        }

        /** Whether a guest can have tables of its own, over those of the host. */
        boolean nests() {
            return this == VTD || this == SMMUV3 || this == AMDVI;
        }

        /** A driver for a unit of this kind, or null if there is none yet. */
        IommuDriver driver(UnitSite site) {
            return driver == null ? null : driver.apply(site);
        }
    }

    public IommuConfig {
        unit = unit == null ? Unit.VTD : unit;
        toMemory = toMemory == null ? new Picoseconds(0) : toMemory;
        requireOwn("vtd", vtd, Unit.VTD, unit);
        requireOwn("smmuv3", smmuv3, Unit.SMMUV3, unit);
        requireOwn("amdvi", amdvi, Unit.AMDVI, unit);
        requireOwn("smmuv2", smmuv2, Unit.SMMUV2, unit);
        requireOwn("virtio", virtio, Unit.VIRTIO, unit);
        further = further == null ? new TreeMap<>() : new TreeMap<>(further);
        Require.that(
                further.isEmpty() || unit != Unit.NONE, "further", further.keySet(), "no units");
        vtd = vtd == null && unit == Unit.VTD ? VtdConfig.defaults() : vtd;
        smmuv3 = smmuv3 == null && unit == Unit.SMMUV3 ? SmmuConfig.defaults() : smmuv3;
        amdvi = amdvi == null && unit == Unit.AMDVI ? AmdViConfig.defaults() : amdvi;
        smmuv2 = smmuv2 == null && unit == Unit.SMMUV2 ? SmmuV2Config.defaults() : smmuv2;
        virtio = virtio == null && unit == Unit.VIRTIO ? VirtioConfig.defaults() : virtio;
    }

    /** A unit with every default; null for the default unit. */
    public static IommuConfig of(Unit unit) {
        return new IommuConfig(unit, null, null, null, null, null, null, null);
    }

    /** Whether walks of the tables of software look into the caches of the cores. */
    boolean walksAreCoherent() {
        return vtd == null || vtd.walksAreCoherent();
    }

    /** A unit of this kind and configuration; null without one. */
    Iommu unit(Surroundings around) {
        return unit(around, null);
    }

    /**
     * The same, emulated for a guest.
     *
     * @param commands gives the guest its PASIDs; null if it has its own
     */
    Iommu unit(Surroundings around, VirtualCommands commands) {
        return switch (unit) {
            case NONE -> null;
            case VTD ->
                    commands == null
                            ? new VtdIommu(vtd, around)
                            : new VtdIommu(
                                    vtd.withFeatures(Map.of("ECAP.VCS", 1L)), around, commands);
            case SMMUV3 -> new SmmuV3(smmuv3, around);
            case AMDVI -> new AmdVi(amdvi, around);
            case SMMUV2 -> new SmmuV2(smmuv2, around);
            case VIRTIO -> new VirtioIommu(virtio, around);
        };
    }

    /** Which unit is above what. */
    Scopes scopes() {
        return new Scopes(further);
    }

    /** Size of the window of the unit's registers, in bytes. */
    long registerBytes() {
        long own = smmuv2 == null ? 0 : smmuv2.registerBytes();
        return Math.max(REGISTER_BYTES, own);
    }

    /**
     * Physical address of a unit's registers; a larger space ends below the usual place, and those
     * of further units lie one below the other.
     *
     * @param number of the unit, from 0
     */
    long registerBase(int number) {
        long bytes = registerBytes();
        long first = bytes == REGISTER_BYTES ? REGISTERS : REGISTERS - bytes & -bytes;
        return first - number * bytes;
    }

    private static void requireOwn(String component, Object section, Unit of, Unit unit) {
        Require.that(
                section == null || unit == of || unit == Unit.NONE,
                component,
                "a section",
                "none: the unit is " + unit);
    }
}
