package svasim.models.gpu.device;

import static svasim.models.MachineUnderTest.PASID;

import svasim.models.MachineUnderTest;
import svasim.models.gpu.GpuConfigs;
import svasim.models.gpu.config.GpuConfig;

/** With memory of its own, in which one of the pages of the contract lies. */
class DiscreteGpuContractTest extends GpuContractTest {
    @Override
    GpuConfig config() {
        return GpuConfigs.with().local(16, 4).build();
    }

    @Override
    protected MachineUnderTest ready() {
        MachineUnderTest machine = super.ready();
        gpu().mapLocal(PASID, MEMORY, 0x3000, true);
        machine.run();
        return machine;
    }
}
