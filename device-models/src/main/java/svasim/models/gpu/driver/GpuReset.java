package svasim.models.gpu.driver;

import java.util.ArrayList;
import java.util.List;
import svasim.os.iommu.ErrorHandlers;
import svasim.os.procedure.Call;

/**
 * amdgpu_pci_error_detected and the like: whatever runs is thrown away and its queues are lost,
 * which programs find out; behind the reset interrupts are set up again for those that come.
 */
final class GpuReset implements ErrorHandlers {
    private final GpuDriver driver;

    GpuReset(GpuDriver driver) {
        this.driver = driver;
    }

    @Override
    public Call<?> resetPrepare() {
        List<Call<?>> stops = new ArrayList<>();
        driver.contexts().all().forEach(context -> stops.add(GpuStop.reset(context)));
        if (driver.vram() != null) {
            stops.add(driver.migrations().flush());
            stops.add(driver.vram().empty());
        }
        return Call.sequence(stops);
    }

    @Override
    public Call<?> resetDone() {
        if (driver.vram() != null) {
            driver.vram().forgetCopies();
        }
        return driver.interrupts().setUpAgain();
    }

    /** The device is not asked. */
    @Override
    public Call<?> errorDetected() {
        for (GpuContext context : driver.contexts().all()) {
            context.stop();
            context.mapped(false);
        }
        if (driver.vram() != null) {
            driver.vram().lose();
        }
        return Call.nothing();
    }

    @Override
    public Call<?> slotReset() {
        return driver.interrupts().setUpAgain();
    }
}
