package svasim.iommu.virtio;

import java.util.List;
import svasim.iommu.core.FaultTableContract;

/** Fault reasons of a virtio-iommu, each with a test that provokes it. */
class VirtioFaultTableTest extends FaultTableContract {
    @Override
    protected Class<? extends Enum<?>> codes() {
        return FaultReason.class;
    }

    @Override
    protected List<Class<?>> tests() {
        return List.of(AccessTest.class);
    }
}
