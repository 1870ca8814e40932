package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.core.Block;
import svasim.iommu.vtd.Descriptor;
import svasim.os.defect.Defect;
import svasim.os.iommu.SecondStage;
import svasim.os.procedure.Call;

/**
 * Removes a block of guest-physical addresses (cache_tag_flush_range of a nesting parent): in the
 * unit with all nested translations of the domains, in the devices everything, because what is
 * cached there of a guest has guest-virtual addresses.
 */
final class StageInvalidation {
    private StageInvalidation() {}

    static Call<?> call(Unit unit, SecondStage stage, Block block) {
        boolean small = block.order() <= unit.capabilities().maxAddressMask();
        List<Descriptor> descriptors = new ArrayList<>();
        for (int domain : unit.guestTags().of(stage)) {
            descriptors.add(
                    small ? Descriptor.iotlb(domain, block) : Descriptor.iotlbDomain(domain));
        }
        Block ofDevices = unit.site().has(Defect.S71) ? block : Block.ALL;
        for (DeviceState state : unit.devices().states()) {
            addDevice(descriptors, unit, state, stage, ofDevices);
        }
        return descriptors.isEmpty() ? Call.nothing() : unit.queue().submit(descriptors);
    }

    private static void addDevice(
            List<Descriptor> to, Unit unit, DeviceState state, SecondStage stage, Block block) {
        if (!state.hasAtc()) {
            return;
        }
        if (state.stage() == stage) {
            unit.addFlush(to, state, state.deviceTlb(block));
        }
        for (int pasid : state.nested(stage)) {
            unit.addFlush(to, state, state.deviceTlb(pasid, block));
        }
    }
}
