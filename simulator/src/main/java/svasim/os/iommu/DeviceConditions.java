package svasim.os.iommu;

/** What a bind asks of a device, whatever the unit; in the order in which it builds on itself. */
public final class DeviceConditions {
    private DeviceConditions() {}

    /** Why the device sends no requests with PASID, or null if it does. */
    public static String pasidRefusal(PciDevice device) {
        PciFeatures features = device.features();
        if (!features.hasPasid()) {
            return device + " has no PASID capability";
        } else if (!features.prefixesPass()) {
            return "a port above "
                    + device
                    + " does not pass End-End TLP prefixes, so that no PASID reaches the IOMMU";
        }
        return features.pasidEnabled() ? null : "PASID is off at " + device;
    }

    /** Why the device makes no page requests that can be answered, or null if it does. */
    public static String pageRequestRefusal(PciDevice device) {
        PciFeatures features = device.features();
        if (!features.atsEnabled()) {
            return "ATS is off at " + device;
        } else if (features.hasPri() && !features.responsesCarryPasid()) {
            return "page group responses to " + device + " would lack the PASID";
        }
        return features.priEnabled() ? null : device + " cannot make page requests (PRI)";
    }
}
