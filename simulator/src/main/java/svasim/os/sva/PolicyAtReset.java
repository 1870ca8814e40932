package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.iommu.ErrorHandlers;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** What a driver does around a reset, with what the policy does to bonds behind it. */
record PolicyAtReset(SvaPolicy policy, PciDevice device, ErrorHandlers driver)
        implements ErrorHandlers {
    private static final Procedure<PolicyAtReset> PREPARE =
            Procedure.<PolicyAtReset>named("reset_prepare")
                    .sleeping("stop device", 20_000, (frame, cpu) -> frame.stop(cpu))
                    .sleeping("ask policy", 20_000, (frame, cpu) -> frame.askPolicy(cpu))
                    .build();

    private static final Procedure<PolicyAtReset> DETECTED =
            Procedure.<PolicyAtReset>named("error_detected")
                    .sleeping("give device up", 20_000, (frame, cpu) -> frame.giveUp(cpu))
                    .sleeping("ask policy", 20_000, (frame, cpu) -> frame.askPolicy(cpu))
                    .build();

    @Override
    public Call<?> resetPrepare() {
        return new Call<>(PREPARE, this);
    }

    @Override
    public Call<?> resetDone() {
        return driver.resetDone();
    }

    @Override
    public Call<?> errorDetected() {
        return new Call<>(DETECTED, this);
    }

    @Override
    public Call<?> slotReset() {
        return driver.slotReset();
    }

    @Override
    public Call<?> resume() {
        return driver.resume();
    }

    private Next stop(Cpu cpu) {
        return Next.call(driver.resetPrepare());
    }

    private Next giveUp(Cpu cpu) {
        return Next.call(driver.errorDetected());
    }

    private Next askPolicy(Cpu cpu) {
        return Next.call(policy.deviceResets(device));
    }
}
