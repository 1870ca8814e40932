package svasim.device;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.Bond;
import svasim.units.Picoseconds;

/** Stops the device and waits until it touches nothing of the address space any more. */
final class SvaStop {
    private static final long POLL_PS = Picoseconds.PER_MICROSECOND;

    private static final Procedure<SvaStop> STOP =
            Procedure.<SvaStop>named("sva_stop")
                    .sleeping("stop device", 50_000, SvaStop::stop)
                    .sleeping("look whether idle", 20_000, SvaStop::look)
                    .sleeping("look again", 1_000, (frame, cpu) -> Next.jump("look whether idle"))
                    .build();

    private static final Procedure<SvaStop> ASK =
            Procedure.<SvaStop>named("sva_stop").step("stop device", 50_000, SvaStop::stop).build();

    private final SvaDriver driver;
    private final Bond bond;

    private SvaStop(SvaDriver driver, Bond bond) {
        this.driver = driver;
        this.bond = bond;
    }

    static Call<?> call(SvaDriver driver, Bond bond) {
        return new Call<>(STOP, new SvaStop(driver, bond));
    }

    /** The address space ends; a caller that must not sleep cannot wait for the device. */
    static Call<?> onExit(SvaDriver driver, Bond bond, boolean maySleep) {
        return new Call<>(maySleep ? STOP : ASK, new SvaStop(driver, bond));
    }

    private Next stop(Cpu cpu) {
        driver.stop(cpu);
        return Next.ON;
    }

    private Next look(Cpu cpu) {
        if (!driver.isIdle(cpu)) {
            return Next.sleep(POLL_PS);
        }
        driver.host().sva().deviceStopped(bond);
        return Next.DONE;
    }
}
