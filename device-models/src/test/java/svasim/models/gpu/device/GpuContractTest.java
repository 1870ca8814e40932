package svasim.models.gpu.device;

import static svasim.models.MachineUnderTest.PASID;

import svasim.models.DeviceModelContract;
import svasim.models.MachineUnderTest;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.layout.Register;

class GpuContractTest extends DeviceModelContract {
    private static final int PART = MEMORY_BYTES / 4;

    private GpuUnderTest gpu;

    /** An integrated one. */
    GpuConfig config() {
        return new GpuConfig();
    }

    GpuUnderTest gpu() {
        return gpu;
    }

    @Override
    protected MachineUnderTest ready() {
        gpu = new GpuUnderTest(config());
        gpu.map(0, PASID);
        gpu.machine().run();
        return gpu.machine();
    }

    @Override
    protected void start(MachineUnderTest machine) {
        gpu.stream(0, PASID, MEMORY, MEMORY + PART, PART / Long.BYTES);
        gpu.stream(0, PASID, MEMORY + 2 * PART, MEMORY + 3 * PART, PART / Long.BYTES);
    }

    @Override
    protected void disable(MachineUnderTest machine) {
        gpu.command(0, Register.UNMAP_QUEUE);
    }

    @Override
    protected boolean isDisabled(MachineUnderTest machine) {
        return gpu.isOff(0);
    }

    @Override
    protected void configure(MachineUnderTest machine) {
        gpu.configure();
        gpu.map(0, PASID);
    }
}
