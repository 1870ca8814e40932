package svasim.os.iommu.amdvi;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.amdvi.Features;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.DeviceConditions;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PciDevice;

/** The chain of conditions of a bind, in the order in which they build on each other (3.0). */
final class BindConditions {
    private final String iommu;
    private final Features has;
    private final FeatureSubset subset;

    /**
     * @param has null if the unit has not been probed
     */
    BindConditions(String iommu, Features has, FeatureSubset subset) {
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
        if (!subset.usesPasid()) {
            chain.add(guestTables(device));
        }
        chain.addAll(DeviceConditions.pageRequests(device, subset));
        return chain;
    }

    private List<BindCondition> unit() {
        List<BindCondition> chain = new ArrayList<>();
        chain.add(capability("EFR.GTSup", has.has("GTSup"), "does not walk guest tables"));
        chain.add(
                capability(
                        "EFR.GIoSup",
                        has.has("GIoSup"),
                        "needs host tables for requests without PASID, below those of processes"));
        chain.add(pasid());
        if (subset.takesPageFaults()) {
            chain.add(capability("EFR.PPRSup", has.has("PPRSup"), "does not take page requests"));
        }
        return chain;
    }

    /** Only a function that could have PASIDs has guest tables; entry 0 is the one without. */
    private BindCondition guestTables(PciDevice device) {
        boolean has = device.features().hasPasid() && device.features().pasidReachesUnit();
        String refusal =
                device + " cannot send PASIDs, so that it has host tables and no guest ones";
        return BindCondition.present(device.name(), "guest tables", has, refusal);
    }

    private BindCondition capability(String field, boolean there, String refusal) {
        return BindCondition.capability(iommu, field, there, refusal);
    }

    private BindCondition pasid() {
        String value = has.pasidBits() + " bits";
        return new BindCondition(iommu, "EFR.PASmax", value, true, "");
    }
}
