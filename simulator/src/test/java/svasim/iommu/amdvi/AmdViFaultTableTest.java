package svasim.iommu.amdvi;

import java.util.List;
import svasim.iommu.core.FaultTableContract;

/** Events of an AMD IOMMU, each with a test that provokes it. */
class AmdViFaultTableTest extends FaultTableContract {
    @Override
    protected Class<? extends Enum<?>> codes() {
        return Event.class;
    }

    @Override
    protected List<Class<?>> tests() {
        return List.of(EventsProvokedTest.class);
    }
}
