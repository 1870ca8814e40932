package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.os.iommu.Block;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.DmaDomains;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;

/** Domains of the DMA API on a VT-d unit. */
record DomainInvalidation(Unit unit) implements DmaDomains {
    @Override
    public DmaDomain domain(PciDevice device) {
        return unit.state(device).domain();
    }

    @Override
    public Call<?> invalidate(PciDevice device, Block block) {
        DeviceState state = unit.state(device);
        List<Descriptor> descriptors = new ArrayList<>();
        descriptors.add(iotlb(state.domain(), block));
        if (state.hasDeviceTlb()) {
            descriptors.add(state.deviceTlb(block));
        }
        return unit.queue().submit(descriptors);
    }

    private Descriptor iotlb(DmaDomain domain, Block block) {
        if (!unit.dmaUsesSecondStage()) {
            return Descriptor.pasidIotlb(domain.id(), 0, block);
        }
        return block.order() <= unit.capabilities().maxAddressMask()
                ? Descriptor.iotlb(domain.id(), block)
                : Descriptor.iotlbDomain(domain.id());
    }
}
