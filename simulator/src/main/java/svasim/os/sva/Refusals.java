package svasim.os.sva;

import svasim.os.iommu.PciDevice;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** Why a device cannot be bound at all, whatever the policy. */
final class Refusals {
    private Refusals() {}

    /** The first condition of a bind that the device does not meet, or null. */
    static String reason(PciDevice device) {
        if (device.iommu() == null) {
            return "no IOMMU translates for " + device.name();
        }
        return device.iommu().bindRefusal(device);
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
