package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.core.Block;
import svasim.iommu.vtd.Descriptor;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.IommuGroup;
import svasim.os.procedure.Call;

/** Removes a block of a domain of the DMA API: the unit's IOTLB, then that of each device. */
final class DomainInvalidation {
    private DomainInvalidation() {}

    static Call<?> call(Unit unit, IommuGroup group, Block block) {
        List<Descriptor> descriptors = new ArrayList<>();
        DmaDomain domain = unit.state(group.devices().get(0)).domain();
        descriptors.add(iotlb(unit, domain, block));
        for (DeviceState state : unit.tagged(group)) {
            state.addFlush(descriptors, state.deviceTlb(block), unit.site().platform().defects());
        }
        return unit.queue().submit(descriptors);
    }

    private static Descriptor iotlb(Unit unit, DmaDomain domain, Block block) {
        boolean leaves = !block.isAll() && unit.site().options().leafHint();
        if (!unit.dmaUsesSecondStage()) {
            Descriptor pages = Descriptor.pasidIotlb(domain.id(), 0, block);
            return leaves ? pages.ofLeavesOnly() : pages;
        }
        if (block.order() > unit.capabilities().maxAddressMask()) {
            return Descriptor.iotlbDomain(domain.id());
        }
        Descriptor pages = Descriptor.iotlb(domain.id(), block);
        return leaves ? pages.ofLeavesOnly() : pages;
    }
}
