package svasim.os.iommu.vtd;

import svasim.os.iommu.DmaApi;
import svasim.os.iommu.DmaBuffer;
import svasim.os.procedure.Call;

/** The DMA API on a VT-d unit: strict, that is, unmapped means invalidated everywhere. */
record VtdDmaApi(Unit unit) implements DmaApi {
    @Override
    public Call<?> map(DmaBuffer buffer) {
        return DmaMap.call(unit, buffer);
    }

    @Override
    public Call<?> unmap(DmaBuffer buffer) {
        return DmaUnmap.call(unit, buffer);
    }
}
