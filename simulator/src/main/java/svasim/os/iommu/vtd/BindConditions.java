package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.DeviceConditions;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PciDevice;

/** The chain of conditions of a bind, in the order in which they build on each other (3.0). */
final class BindConditions {
    private final String iommu;
    private final Capabilities has;
    private final FeatureSubset subset;

    /**
     * @param has null if the unit has not been probed
     */
    BindConditions(String iommu, Capabilities has, FeatureSubset subset) {
        this.iommu = iommu;
        this.has = has;
        this.subset = subset;
    }

    List<BindCondition> of(PciDevice device) {
        if (has == null) {
            return BindCondition.notProbed(iommu);
        }
        List<BindCondition> chain = new ArrayList<>(unit());
        chain.addAll(DeviceConditions.addressing(device, subset));
        chain.addAll(DeviceConditions.pageRequests(device, subset));
        return chain;
    }

    private List<BindCondition> unit() {
        List<BindCondition> chain = new ArrayList<>();
        chain.add(capability("ECAP.SMTS", has.scalableMode(), "has no scalable mode"));
        chain.add(translationMode());
        if (subset.usesPasid()) {
            chain.add(pasid());
        }
        chain.add(capability("ECAP.FSTS", has.firstStage(), "does not walk first-stage tables"));
        if (subset.takesPageFaults()) {
            chain.add(capability("ECAP.DT", has.deviceTlb(), "does not support ATS"));
            chain.add(capability("ECAP.PRS", has.pageRequests(), "does not take page requests"));
        }
        return chain;
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
