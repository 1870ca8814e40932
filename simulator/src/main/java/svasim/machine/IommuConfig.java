package svasim.machine;

import svasim.iommu.smmuv3.SmmuConfig;
import svasim.iommu.vtd.VtdConfig;
import svasim.units.Require;

/**
 * Which IOMMU the machine has, and its configuration; absent keys take defaults. The section of
 * another unit than the machine's is an error; without a unit, all sections rest.
 *
 * @param unit kind of IOMMU
 * @param vtd configuration of a VT-d unit
 * @param smmuv3 configuration of an SMMUv3
 */
public record IommuConfig(Unit unit, VtdConfig vtd, SmmuConfig smmuv3) {
    /** Kinds of IOMMU that a machine can have. */
    public enum Unit {
        /** Devices use physical addresses. */
        NONE,
        VTD,
        SMMUV3
    }

    public IommuConfig {
        unit = unit == null ? Unit.VTD : unit;
        Require.that(
                vtd == null || unit != Unit.SMMUV3,
                "vtd",
                "a section",
                "none: the unit is " + unit);
        Require.that(
                smmuv3 == null || unit != Unit.VTD,
                "smmuv3",
                "a section",
                "none: the unit is " + unit);
        vtd = vtd == null && unit == Unit.VTD ? VtdConfig.defaults() : vtd;
        smmuv3 = smmuv3 == null && unit == Unit.SMMUV3 ? SmmuConfig.defaults() : smmuv3;
    }
}
