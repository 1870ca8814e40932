package svasim.iommu.smmuv2;

import java.util.List;
import svasim.iommu.core.FaultTableContract;

/** Faults of an SMMUv2, each with a test that provokes it. */
class SmmuV2FaultTableTest extends FaultTableContract {
    @Override
    protected Class<? extends Enum<?>> codes() {
        return Fault.class;
    }

    @Override
    protected List<Class<?>> tests() {
        return List.of(FaultsProvokedTest.class, TlbConflictTest.class);
    }
}
