package svasim.machine;

import java.util.function.Function;
import svasim.iommu.amdvi.AmdViConfig;
import svasim.iommu.smmuv3.SmmuConfig;
import svasim.iommu.vtd.VtdConfig;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.UnitSite;
import svasim.os.iommu.amdvi.AmdViDriver;
import svasim.os.iommu.smmuv3.SmmuDriver;
import svasim.os.iommu.vtd.VtdDriver;
import svasim.units.Require;

/**
 * Which IOMMU the machine has, and its configuration; absent keys take defaults. The section of
 * another unit than the machine's is an error; without a unit, all sections rest.
 *
 * @param unit kind of IOMMU
 * @param vtd configuration of a VT-d unit
 * @param smmuv3 configuration of an SMMUv3
 * @param amdvi configuration of an AMD IOMMU
 */
public record IommuConfig(Unit unit, VtdConfig vtd, SmmuConfig smmuv3, AmdViConfig amdvi) {
    /** Kinds of IOMMU that a machine can have. */
    public enum Unit {
        /** Devices use physical addresses. */
        NONE(null),
        VTD(VtdDriver::new),
        SMMUV3(SmmuDriver::new),
        AMDVI(AmdViDriver::new);

        private final Function<UnitSite, IommuDriver> driver;

        Unit(Function<UnitSite, IommuDriver> driver) {
            this.driver = driver;
        }

        /** A driver for a unit of this kind; null without unit. */
        IommuDriver driver(UnitSite site) {
            return driver == null ? null : driver.apply(site);
        }
    }

    public IommuConfig {
        unit = unit == null ? Unit.VTD : unit;
        requireOwn("vtd", vtd, Unit.VTD, unit);
        requireOwn("smmuv3", smmuv3, Unit.SMMUV3, unit);
        requireOwn("amdvi", amdvi, Unit.AMDVI, unit);
        vtd = vtd == null && unit == Unit.VTD ? VtdConfig.defaults() : vtd;
        smmuv3 = smmuv3 == null && unit == Unit.SMMUV3 ? SmmuConfig.defaults() : smmuv3;
        amdvi = amdvi == null && unit == Unit.AMDVI ? AmdViConfig.defaults() : amdvi;
    }

    private static void requireOwn(String component, Object section, Unit of, Unit unit) {
        Require.that(
                section == null || unit == of || unit == Unit.NONE,
                component,
                "a section",
                "none: the unit is " + unit);
    }
}
