package svasim.models.dsa;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.Bond;

/**
 * What the driver does under policies that tell it of the end of an address space: it empties the
 * queue, so that the device is silent for the PASID. A queue is stopped by a command whose end has
 * to be waited for, so that nothing can be done where the driver must not sleep.
 */
final class IdxdExit {
    private static final Procedure<IdxdExit> EXIT =
            Procedure.<IdxdExit>named("idxd_mm_exit")
                    .sleeping("stop WQ", 50_000, IdxdExit::stop)
                    .sleeping("reset WQ", 50_000, IdxdExit::reset)
                    .sleeping("device is silent", 0, IdxdExit::stopped)
                    .build();

    private final DsaDriver driver;
    private final int queue;
    private final Bond bond;

    private IdxdExit(DsaDriver driver, int queue, Bond bond) {
        this.driver = driver;
        this.queue = queue;
        this.bond = bond;
    }

    static Call<?> call(DsaDriver driver, int queue, Bond bond, boolean maySleep) {
        return maySleep ? new Call<>(EXIT, new IdxdExit(driver, queue, bond)) : Call.nothing();
    }

    private Next stop(Cpu cpu) {
        return Next.call(IdxdCommand.forQueue(driver, driver.stopCommand(), queue));
    }

    private Next reset(Cpu cpu) {
        return Next.call(IdxdCommand.forQueue(driver, Command.RESET_WQ, queue));
    }

    private Next stopped(Cpu cpu) {
        driver.host().sva().deviceStopped(bond);
        return Next.DONE;
    }
}
