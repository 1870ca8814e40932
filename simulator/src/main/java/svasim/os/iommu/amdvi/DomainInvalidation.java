package svasim.os.iommu.amdvi;

import svasim.os.iommu.Block;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.DmaDomains;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;

/** Domains of the DMA API on an AMD IOMMU. */
record DomainInvalidation(Unit unit) implements DmaDomains {
    @Override
    public DmaDomain domain(PciDevice device) {
        return unit.state(device).domain();
    }

    @Override
    public Call<?> invalidate(PciDevice device, Block block) {
        return unit.commands().submit(unit.state(device).flushDomain(block));
    }
}
