package svasim.os.iommu.vtd;

import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciFeatures;

/** The chain of conditions of a bind, in the order in which they build on each other (3.0). */
final class BindConditions {
    private BindConditions() {}

    /** The first one that does not hold, or null. */
    static String refusal(String iommu, Capabilities has, PciDevice device) {
        if (has == null) {
            return iommu + " has not been probed";
        }
        String reason = unitRefusal(iommu, has);
        return reason != null ? reason : deviceRefusal(device.name(), device.features());
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

    private static String deviceRefusal(String device, PciFeatures features) {
        if (!features.hasPasid()) {
            return device + " has no PASID capability";
        } else if (!features.prefixesPass()) {
            return "a port above "
                    + device
                    + " does not pass End-End TLP prefixes, so that no PASID reaches the IOMMU";
        } else if (!features.pasidEnabled()) {
            return "PASID is off at " + device;
        } else if (!features.atsEnabled()) {
            return "ATS is off at " + device;
        } else if (features.hasPri() && !features.responsesCarryPasid()) {
            return "page group responses to " + device + " would lack the PASID";
        } else if (!features.priEnabled()) {
            return device + " cannot make page requests (PRI)";
        }
        return null;
    }
}
