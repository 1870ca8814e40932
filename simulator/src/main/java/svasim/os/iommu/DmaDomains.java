package svasim.os.iommu;

import svasim.os.procedure.Call;

/** What the DMA API needs of a driver. */
public interface DmaDomains {
    /** The domain of a device's requests without PASID. */
    DmaDomain domain(PciDevice device);

    /** Removes a block of it from the caches of the unit and the device; done when it returns. */
    Call<?> invalidate(PciDevice device, Block block);
}
