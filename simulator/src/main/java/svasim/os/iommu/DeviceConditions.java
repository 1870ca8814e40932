package svasim.os.iommu;

import java.util.List;

/** What a bind asks of a device, whatever the unit; in the order in which it builds on itself. */
public final class DeviceConditions {
    private final String device;
    private final PciFeatures features;

    private DeviceConditions(PciDevice device) {
        this.device = device.name();
        this.features = device.features();
    }

    /**
     * For requests with PASID: the capability, the way to the root complex, the switch. For those
     * without: that no other function is given away with this one.
     */
    public static List<BindCondition> addressing(PciDevice device, FeatureSubset subset) {
        DeviceConditions of = new DeviceConditions(device);
        return subset.usesPasid()
                ? List.of(of.pasidCapability(), of.prefixes(), of.isolation(), of.pasidEnabled())
                : List.of(of.wholeFunction(device));
    }

    /** Page requests that can be answered: ATS, and PRI with PASIDs in responses. */
    public static List<BindCondition> pageRequests(PciDevice device, FeatureSubset subset) {
        DeviceConditions of = new DeviceConditions(device);
        return subset.takesPageFaults()
                ? List.of(of.atsEnabled(), of.responses(), of.priEnabled())
                : List.of();
    }

    private BindCondition wholeFunction(PciDevice of) {
        boolean alone = of.group().devices().size() == 1;
        String value = alone ? "yes, without PASID" : "no, it shares its group";
        String refusal = "the IOMMU group of " + device + " has other devices";
        return new BindCondition(device, "bound as a whole", value, alone, refusal);
    }

    private BindCondition pasidCapability() {
        String width = features.hasPasid() ? "yes, " + features.pasidWidth() + " bits" : "no";
        String refusal = device + " has no PASID capability";
        return new BindCondition(device, "PASID capability", width, features.hasPasid(), refusal);
    }

    private BindCondition prefixes() {
        String refusal =
                "a port above "
                        + device
                        + " does not pass End-End TLP prefixes, so that no PASID reaches the IOMMU";
        return BindCondition.present(
                "ports above " + device,
                "End-End TLP Prefix Supported",
                features.path().prefixesPass(),
                refusal);
    }

    /** Requests with PASID carry addresses of a process, which a peer might answer instead. */
    private BindCondition isolation() {
        String refusal =
                "ACS does not redirect requests of "
                        + device
                        + " to the IOMMU, so that one with PASID could reach a peer";
        return BindCondition.enabled(
                "ports above " + device,
                "ACS request redirect, upstream forwarding",
                features.path().isIsolated(),
                refusal);
    }

    private BindCondition pasidEnabled() {
        return BindCondition.enabled(
                device, "PASID Enable", features.pasidEnabled(), "PASID is off at " + device);
    }

    private BindCondition atsEnabled() {
        boolean on = features.atsEnabled();
        String value = on ? "on" : features.hasAts() ? "off" : without("ATS");
        return new BindCondition(device, "ATS Enable", value, on, "ATS is off at " + device);
    }

    private BindCondition responses() {
        boolean holds =
                !features.hasPri() || !features.pasidEnabled() || features.responsesCarryPasid();
        String value = features.hasPri() ? holds ? "yes" : "no" : without("PRI");
        String refusal = "page group responses to " + device + " would lack the PASID";
        return new BindCondition(device, "PRG Response PASID Required", value, holds, refusal);
    }

    private BindCondition priEnabled() {
        boolean on = features.priEnabled();
        String value = on ? "on" : features.hasPri() ? "off" : without("PRI");
        String refusal = device + " cannot make page requests (PRI)";
        return new BindCondition(device, "Page Request Enable", value, on, refusal);
    }

    private String without(String capability) {
        return features.isUntrusted()
                ? "off: " + device + " is not trusted"
                : "no " + capability + " capability";
    }
}
