package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.core.Block;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.Forwarding.Scope;
import svasim.iommu.vtd.Descriptor;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.pcie.tlp.PasidPrefix;

/** What a guest has invalidated, as descriptors of the host's (intel_nested_cache_invalidate). */
final class GuestInvalidation {
    private GuestInvalidation() {}

    /** In the unit. */
    static Call<?> translations(Unit unit, PciDevice device, Scope scope) {
        DeviceState state = unit.state(device);
        int domain = unit.guestTags().of(device.group(), state.stage(scope.pasid()));
        Block block = scope.block();
        if (scope.pasid() == Forwarding.ALL) {
            return unit.queue().submit(List.of(Descriptor.iotlbDomain(domain)));
        }
        boolean fits = block.order() <= unit.capabilities().maxAddressMask();
        Descriptor pages = Descriptor.pasidIotlb(domain, scope.pasid(), fits ? block : Block.ALL);
        boolean leaves = fits && scope.leavesOnly();
        return unit.queue().submit(List.of(leaves ? pages.ofLeavesOnly() : pages));
    }

    /** In the device. */
    static Call<?> ofDevice(Unit unit, PciDevice device, int pasid, Block block) {
        DeviceState state = unit.state(device);
        if (!state.hasAtc()) {
            return Call.nothing();
        }
        List<Descriptor> descriptors = new ArrayList<>();
        boolean without = pasid == PasidPrefix.NONE;
        unit.addFlush(
                descriptors,
                state,
                without ? state.deviceTlb(block) : state.deviceTlb(pasid, block));
        return unit.queue().submit(descriptors);
    }
}
