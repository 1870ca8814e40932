package svasim.os.iommu.vtd;

import svasim.os.iommu.DeviceConditions;
import svasim.os.iommu.PciDevice;

/** The chain of conditions of a bind, in the order in which they build on each other (3.0). */
final class BindConditions {
    private BindConditions() {}

    /** The first one that does not hold, or null. */
    static String refusal(String iommu, Capabilities has, PciDevice device) {
        if (has == null) {
            return iommu + " has not been probed";
        }
        String reason = unitRefusal(iommu, has);
        if (reason == null) {
            reason = DeviceConditions.pasidRefusal(device);
        }
        return reason == null ? DeviceConditions.pageRequestRefusal(device) : reason;
    }

    private static String unitRefusal(String iommu, Capabilities has) {
        if (!has.scalableMode()) {
            return iommu + " has no scalable mode (ECAP.SMTS)";
        } else if (!has.pasid()) {
            return iommu + " does not take requests with PASID (ECAP.PASID)";
        } else if (!has.firstStage()) {
            return iommu + " does not walk first-stage tables (ECAP.FSTS)";
        } else if (!has.deviceTlb()) {
            return iommu + " does not support ATS (ECAP.DT)";
        } else if (!has.pageRequests()) {
            return iommu + " does not take page requests (ECAP.PRS)";
        }
        return null;
    }
}
