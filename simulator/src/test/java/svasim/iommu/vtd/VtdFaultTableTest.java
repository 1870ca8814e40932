package svasim.iommu.vtd;

import java.util.List;
import svasim.iommu.core.FaultTableContract;

/** Fault reasons of a VT-d unit, each with a test that provokes it. */
class VtdFaultTableTest extends FaultTableContract {
    @Override
    protected Class<? extends Enum<?>> codes() {
        return FaultReason.class;
    }

    @Override
    protected List<Class<?>> tests() {
        return List.of(FaultReasonTest.class);
    }
}
