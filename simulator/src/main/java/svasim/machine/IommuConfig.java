package svasim.machine;

import svasim.iommu.vtd.VtdConfig;

/**
 * Which IOMMU the machine has, and its configuration; absent keys take defaults.
 *
 * @param unit kind of IOMMU
 * @param vtd configuration of a VT-d unit
 */
public record IommuConfig(Unit unit, VtdConfig vtd) {
    /** Kinds of IOMMU that a machine can have. */
    public enum Unit {
        /** Devices use physical addresses. */
        NONE,
        VTD
    }

    public IommuConfig {
        unit = unit == null ? Unit.VTD : unit;
        vtd = vtd == null && unit == Unit.VTD ? VtdConfig.defaults() : vtd;
    }
}
