package svasim.os.iommu.amdvi;

import java.util.List;
import svasim.iommu.amdvi.Features;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.DeviceConditions;
import svasim.os.iommu.PciDevice;

/** The chain of conditions of a bind, in the order in which they build on each other (3.0). */
final class BindConditions {
    private final String iommu;
    private final Features has;

    private BindConditions(String iommu, Features has) {
        this.iommu = iommu;
        this.has = has;
    }

    /**
     * @param has null if the unit has not been probed
     */
    static List<BindCondition> of(String iommu, Features has, PciDevice device) {
        return has == null
                ? BindCondition.notProbed(iommu)
                : BindCondition.chain(
                        new BindConditions(iommu, has).unit(),
                        DeviceConditions.pasidAndPageRequests(device));
    }

    private List<BindCondition> unit() {
        return List.of(
                capability("EFR.GTSup", has.has("GTSup"), "does not walk guest tables"),
                capability(
                        "EFR.GIoSup",
                        has.has("GIoSup"),
                        "needs host tables for requests without PASID, below those of processes"),
                pasid(),
                capability("EFR.PPRSup", has.has("PPRSup"), "does not take page requests"));
    }

    private BindCondition capability(String field, boolean there, String refusal) {
        return BindCondition.capability(iommu, field, there, refusal);
    }

    private BindCondition pasid() {
        String value = has.pasidBits() + " bits";
        return new BindCondition(iommu, "EFR.PASmax", value, true, "");
    }
}
