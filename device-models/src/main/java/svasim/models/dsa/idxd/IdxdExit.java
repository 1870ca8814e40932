package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.models.dsa.layout.Command;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.Bond;

/**
 * What the driver does under policies that tell it of the end of an address space: it empties the
 * queue, or a shared queue of the PASID's descriptors, so that the device is silent for the PASID.
 * A queue is stopped by a command whose end has to be waited for, so that nothing can be done where
 * the driver must not sleep.
 */
final class IdxdExit {
    private static final Procedure<IdxdExit> EXIT =
            Procedure.<IdxdExit>named("idxd_mm_exit")
                    .sleeping("stop WQ", 50_000, IdxdExit::stop)
                    .sleeping("reset WQ", 50_000, IdxdExit::reset)
                    .sleeping("device is silent", 0, IdxdExit::stopped)
                    .build();

    private static final Procedure<IdxdExit> SHARED =
            Procedure.<IdxdExit>named("idxd_mm_exit")
                    .sleeping("drain PASID", 50_000, IdxdExit::stopPasid)
                    .sleeping("device is silent", 0, IdxdExit::stopped)
                    .build();

    private final DsaDriver driver;
    private final DriverQueue queue;
    private final Bond bond;

    private IdxdExit(DsaDriver driver, DriverQueue queue, Bond bond) {
        this.driver = driver;
        this.queue = queue;
        this.bond = bond;
    }

    static Call<?> call(DsaDriver driver, DriverQueue queue, Bond bond, boolean maySleep) {
        Procedure<IdxdExit> exit = queue.isShared() ? SHARED : EXIT;
        return maySleep ? new Call<>(exit, new IdxdExit(driver, queue, bond)) : Call.nothing();
    }

    private Next stop(Cpu cpu) {
        return Next.call(IdxdCommand.forQueue(driver, driver.stopQueue(), queue.number()));
    }

    private Next reset(Cpu cpu) {
        return Next.call(IdxdCommand.forQueue(driver, Command.RESET_WQ, queue.number()));
    }

    private Next stopPasid(Cpu cpu) {
        int pasid = bond.requestPasid();
        return Next.call(new IdxdCommand(driver, driver.stopPasid(), pasid).call());
    }

    private Next stopped(Cpu cpu) {
        driver.host().sva().deviceStopped(bond);
        return Next.DONE;
    }
}
