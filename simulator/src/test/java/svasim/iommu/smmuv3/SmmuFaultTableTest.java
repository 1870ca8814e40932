package svasim.iommu.smmuv3;

import java.util.List;
import java.util.Set;
import svasim.iommu.core.FaultTableContract;

/** Events of an SMMUv3, each with a test that provokes it. */
class SmmuFaultTableTest extends FaultTableContract {
    @Override
    protected Class<? extends Enum<?>> codes() {
        return Event.class;
    }

    @Override
    protected List<Class<?>> tests() {
        return List.of(
                EventsProvokedTest.class,
                AtsTest.class,
                ChoicesTest.class,
                VirtualMachineStructureTest.class);
    }

    @Override
    protected Set<String> others() {
        return Set.of(Event.NONE.name());
    }
}
