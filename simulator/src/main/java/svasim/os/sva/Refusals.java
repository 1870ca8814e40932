package svasim.os.sva;

import java.util.ArrayList;
import java.util.List;
import svasim.os.iommu.BindCondition;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.IommuGroup;
import svasim.os.iommu.PciDevice;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** Why a device cannot be bound at all, whatever the policy. */
final class Refusals {
    private Refusals() {}

    /** What has to be so, in the order in which it builds on itself. */
    static List<BindCondition> conditions(PciDevice device, FeatureSubset subset) {
        List<BindCondition> chain = new ArrayList<>();
        chain.add(
                BindCondition.present(
                        device.name(),
                        "IOMMU above it",
                        device.iommu() != null,
                        "no IOMMU translates for " + device.name()));
        if (device.iommu() != null) {
            chain.add(group(device.group(), device));
            chain.addAll(device.iommu().bindConditions(device, subset));
        }
        return chain;
    }

    private static BindCondition group(IommuGroup group, PciDevice device) {
        String others = group.devices().size() == 1 ? "alone" : "shared by " + group.devices();
        String value = group.number() + ", " + others + ", default domain " + group.defaultDomain();
        return new BindCondition(device.name(), "IOMMU group", value, true, "");
    }

    /** The first condition of a bind that the device does not meet, or null. */
    static String reason(PciDevice device, FeatureSubset subset) {
        return conditions(device, subset).stream()
                .filter(condition -> !condition.holds())
                .map(BindCondition::refusal)
                .findFirst()
                .orElse(null);
    }

    /** Every number below the limit has an owner. */
    static String exhausted(int limit) {
        return "no PASID is free below " + limit + " (-ENOSPC)";
    }

    /** A function that belongs to a process as a whole has no number to tell others by. */
    static String taken(PciDevice device) {
        return device + " belongs to another address space as a whole (-EBUSY)";
    }

    static void tell(Trace trace, BindRequest request, String reason) {
        trace.tell(
                Kind.BIND_REFUSED,
                trace.lane("pasids"),
                PasidPrefix.NONE,
                request.device().requesterId(),
                request.mm().id(),
                reason);
    }
}
