package svasim.models.gpu.device;

import svasim.models.MachineUnderTest;
import svasim.models.gpu.GpuConfigs;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.layout.Register;

/** Stopped by an eviction that saves its wavefronts instead of waiting for their end. */
class SavingGpuContractTest extends GpuContractTest {
    @Override
    GpuConfig config() {
        return GpuConfigs.with().preemption(GpuConfig.Preemption.SAVE).build();
    }

    @Override
    protected void disable(MachineUnderTest machine) {
        gpu().command(0, Register.EVICT_QUEUE);
    }
}
