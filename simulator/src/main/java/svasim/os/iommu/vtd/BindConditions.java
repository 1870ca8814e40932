package svasim.os.iommu.vtd;

import java.util.List;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.DeviceConditions;
import svasim.os.iommu.PciDevice;

/** The chain of conditions of a bind, in the order in which they build on each other (3.0). */
final class BindConditions {
    private final String iommu;
    private final Capabilities has;

    private BindConditions(String iommu, Capabilities has) {
        this.iommu = iommu;
        this.has = has;
    }

    /**
     * @param has null if the unit has not been probed
     */
    static List<BindCondition> of(String iommu, Capabilities has, PciDevice device) {
        return has == null
                ? BindCondition.notProbed(iommu)
                : BindCondition.chain(
                        new BindConditions(iommu, has).unit(),
                        DeviceConditions.pasidAndPageRequests(device));
    }

    private List<BindCondition> unit() {
        return List.of(
                capability("ECAP.SMTS", has.scalableMode(), "has no scalable mode"),
                translationMode(),
                pasid(),
                capability("ECAP.FSTS", has.firstStage(), "does not walk first-stage tables"),
                capability("ECAP.DT", has.deviceTlb(), "does not support ATS"),
                capability("ECAP.PRS", has.pageRequests(), "does not take page requests"));
    }

    private BindCondition capability(String field, boolean there, String refusal) {
        return BindCondition.capability(iommu, field, there, refusal);
    }

    /** What the driver chose at probe: scalable mode wherever the unit has it. */
    private BindCondition translationMode() {
        boolean scalable = has.scalableMode();
        return new BindCondition(
                iommu,
                "RTADDR.TTM, translation table mode",
                scalable ? "scalable" : "legacy",
                scalable,
                iommu + " translates in legacy mode");
    }

    private BindCondition pasid() {
        String field = "ECAP.PASID";
        String value = has.pasid() ? "yes, " + has.pasidBits() + " bits (ECAP.PSS)" : "no";
        String refusal = iommu + " does not take requests with PASID (" + field + ")";
        return new BindCondition(iommu, field, value, has.pasid(), refusal);
    }
}
