package svasim.models.dsa.idxd;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.models.dsa.layout.Command;
import svasim.os.defect.Defect;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * idxd_cdev_release: stops a dedicated queue and takes the PASID out of it, or has a shared one end
 * all work of the PASID, and only then unbinds.
 */
final class IdxdRelease {
    private static final String UNBIND = "iommu_sva_unbind_device";

    private static final Procedure<IdxdRelease> DEDICATED =
            Procedure.<IdxdRelease>named("idxd_cdev_release")
                    .sleeping("stop WQ", 50_000, IdxdRelease::stop)
                    .sleeping("reset WQ", 50_000, IdxdRelease::reset)
                    .sleeping("write WQCFG without PASID", 100_000, IdxdRelease::clearPasid)
                    .sleeping("enable WQ", 50_000, IdxdRelease::enable)
                    .sleeping(UNBIND, 50_000, IdxdRelease::unbind)
                    .step("free context", 50_000, IdxdRelease::free)
                    .build();

    private static final Procedure<IdxdRelease> SHARED =
            Procedure.<IdxdRelease>named("idxd_cdev_release")
                    .sleeping("drain PASID", 50_000, IdxdRelease::stopPasid)
                    .sleeping(UNBIND, 50_000, IdxdRelease::unbind)
                    .step("free context", 50_000, IdxdRelease::free)
                    .build();

    private final DsaDriver driver;
    private final OpenFile file;
    private final UserQueue context;

    private IdxdRelease(DsaDriver driver, OpenFile file) {
        this.driver = driver;
        this.file = file;
        UserQueue kept = file.context(UserQueue.class);
        this.context = kept == null || kept.isGivenUp() ? null : kept;
    }

    static Call<?> call(DsaDriver driver, OpenFile file) {
        IdxdRelease frame = new IdxdRelease(driver, file);
        boolean shared = frame.context != null && frame.context.queue().isShared();
        return new Call<>(shared ? SHARED : DEDICATED, frame);
    }

    private boolean doesNotStop() {
        return driver.host().platform().defects().has(Defect.I_52);
    }

    private Next stop(Cpu cpu) {
        if (context == null) {
            return Next.DONE;
        }
        if (doesNotStop()) {
            return Next.jump(UNBIND);
        }
        Command stop = driver.onlyDisables() ? Command.ABORT_WQ : driver.stopQueue();
        return Next.call(IdxdCommand.forQueue(driver, stop, queue()));
    }

    private Next reset(Cpu cpu) {
        return Next.call(IdxdCommand.forQueue(driver, driver.resetQueue(), queue()));
    }

    private Next clearPasid(Cpu cpu) {
        context.queue().bond(null);
        driver.registers().writeQueue(cpu, queue(), context.queue().registers());
        return Next.ON;
    }

    private Next enable(Cpu cpu) {
        return thenDrainLog(new IdxdCommand(driver, Command.ENABLE_WQ, queue()).call());
    }

    private Next stopPasid(Cpu cpu) {
        if (doesNotStop()) {
            return Next.ON;
        }
        int pasid = context.bond().requestPasid();
        return thenDrainLog(new IdxdCommand(driver, driver.stopPasid(), pasid).call());
    }

    /** Nothing that the event log holds for the PASID may come after its end. */
    private Next thenDrainLog(Call<?> command) {
        if (!driver.hasEventLog() || context.has(Defect.S66)) {
            return Next.call(command);
        }
        int pasid = context.bond().requestPasid();
        return Next.call(Call.sequence(List.of(command, driver.events().drain(queue(), pasid))));
    }

    private Next unbind(Cpu cpu) {
        if (!doesNotStop()) {
            driver.host().sva().deviceStopped(context.bond());
        }
        return Next.call(driver.host().sva().unbind(context.bond()));
    }

    private Next free(Cpu cpu) {
        context.queue().release();
        driver.forget(context);
        context.free();
        context.giveUp();
        if (!context.has(Defect.S62)) {
            file.keep(null);
        }
        return Next.DONE;
    }

    private int queue() {
        return context.queue().number();
    }
}
