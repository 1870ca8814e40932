package svasim.os.sva;

import java.util.List;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;

/**
 * What is different when a function belongs to one address space as a whole (reference 2.13): the
 * entry of its requests without PASID is that of the DMA API before the bind and again after it.
 */
final class WholeFunction {
    private WholeFunction() {}

    /** The DMA API has the function back, and the device gets no invalidations for the entry. */
    static Call<?> forget(IommuDriver unit, PasidEntry entry) {
        PciDevice device = entry.device();
        return entry.isWholeFunction()
                ? Call.sequence(
                        List.of(
                                unit.attach(device, device.group().defaultDomain()),
                                unit.forget(entry)))
                : unit.forget(entry);
    }
}
