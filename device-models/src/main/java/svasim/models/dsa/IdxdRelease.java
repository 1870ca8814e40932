package svasim.models.dsa;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** idxd_cdev_release: stops the queue, takes the PASID out of it, and only then unbinds. */
final class IdxdRelease {
    private static final Procedure<IdxdRelease> RELEASE =
            Procedure.<IdxdRelease>named("idxd_cdev_release")
                    .sleeping("stop WQ", 50_000, IdxdRelease::stop)
                    .sleeping("reset WQ", 50_000, IdxdRelease::reset)
                    .sleeping("write WQCFG without PASID", 100_000, IdxdRelease::clearPasid)
                    .sleeping("enable WQ", 50_000, IdxdRelease::enable)
                    .sleeping("iommu_sva_unbind_device", 50_000, IdxdRelease::unbind)
                    .step("free context", 50_000, IdxdRelease::free)
                    .build();

    private final DsaDriver driver;
    private final OpenFile file;
    private UserQueue context;

    private IdxdRelease(DsaDriver driver, OpenFile file) {
        this.driver = driver;
        this.file = file;
    }

    static Call<?> call(DsaDriver driver, OpenFile file) {
        return new Call<>(RELEASE, new IdxdRelease(driver, file));
    }

    private Next stop(Cpu cpu) {
        context = file.context(UserQueue.class);
        if (context == null) {
            return Next.DONE;
        }
        return Next.call(IdxdCommand.forQueue(driver, driver.stopCommand(), context.queue()));
    }

    private Next reset(Cpu cpu) {
        return Next.call(IdxdCommand.forQueue(driver, Command.RESET_WQ, context.queue()));
    }

    private Next clearPasid(Cpu cpu) {
        driver.registers().writeQueue(cpu, context.queue(), driver.queueConfig());
        return Next.ON;
    }

    private Next enable(Cpu cpu) {
        return Next.call(new IdxdCommand(driver, Command.ENABLE_WQ, context.queue()).call());
    }

    private Next unbind(Cpu cpu) {
        driver.host().sva().deviceStopped(context.bond());
        return Next.call(driver.host().sva().unbind(context.bond()));
    }

    private Next free(Cpu cpu) {
        driver.giveQueue(context.queue());
        file.keep(null);
        return Next.DONE;
    }
}
