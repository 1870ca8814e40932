package svasim.os.pci;

import svasim.cpu.Cpu;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ResetDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;

/**
 * Somebody asks for a function-level reset of a device (its file {@code reset} in sysfs): the
 * driver stops it before and sets it up again behind.
 */
public final class ResetFunction {
    private static final Procedure<ResetFunction> RESET =
            Procedure.<ResetFunction>named("reset_store")
                    .sleeping("reset_prepare", 50_000, ResetFunction::prepare)
                    .sleeping("pci_reset_function", 50_000, ResetFunction::reset)
                    .sleeping("reset_done", 50_000, ResetFunction::done)
                    .build();

    private final PciDevice device;
    private final Platform platform;

    private ResetFunction(PciDevice device, Platform platform) {
        this.device = device;
        this.platform = platform;
    }

    /** Resets a device that has an IOMMU above it. */
    public static Call<?> call(PciDevice device, Platform platform) {
        return new Call<>(RESET, new ResetFunction(device, platform));
    }

    private Next prepare(Cpu cpu) {
        return Next.call(device.errorHandlers().resetPrepare());
    }

    private Next reset(Cpu cpu) {
        return Next.call(ResetDevice.call(device, platform));
    }

    private Next done(Cpu cpu) {
        return Next.call(device.errorHandlers().resetDone());
    }
}
