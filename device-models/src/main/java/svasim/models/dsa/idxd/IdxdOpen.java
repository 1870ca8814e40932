package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.models.dsa.layout.Command;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.BindRequest;
import svasim.pcie.tlp.PasidPrefix;

/** idxd_cdev_open: binds the opener's address space and gives its PASID to a queue. */
final class IdxdOpen {
    private static final Procedure<IdxdOpen> OPEN =
            Procedure.<IdxdOpen>named("idxd_cdev_open")
                    .sleeping("find idle WQ", 100_000, IdxdOpen::findQueue)
                    .sleeping("iommu_sva_bind_device", 50_000, IdxdOpen::bind)
                    .sleeping("check bond", 50_000, IdxdOpen::check)
                    .sleeping("drain WQ", 50_000, IdxdOpen::drain)
                    .sleeping("reset WQ", 50_000, IdxdOpen::reset)
                    .sleeping("write PASID to WQCFG", 100_000, IdxdOpen::writePasid)
                    .sleeping("enable WQ", 50_000, IdxdOpen::enable)
                    .step("publish context", 50_000, IdxdOpen::publish)
                    .sleeping("give up bond", 50_000, IdxdOpen::giveUp)
                    .build();

    private final DsaDriver driver;
    private final OpenFile file;
    private DriverQueue queue;
    private BindRequest request;

    private IdxdOpen(DsaDriver driver, OpenFile file) {
        this.driver = driver;
        this.file = file;
    }

    static Call<?> call(DsaDriver driver, OpenFile file) {
        return new Call<>(OPEN, new IdxdOpen(driver, file));
    }

    private Next findQueue(Cpu cpu) {
        queue = driver.takeQueue();
        if (queue == null) {
            file.refuse(driver.name() + ": every work queue is in use");
            return Next.DONE;
        }
        return Next.ON;
    }

    private Next bind(Cpu cpu) {
        DriverQueue own = queue;
        request =
                new BindRequest(driver.host().device(), file.openedBy(), file.node())
                        .onExit((bond, maySleep) -> IdxdExit.call(driver, own, bond, maySleep));
        return Next.call(driver.host().sva().bind(request));
    }

    /** A shared queue needs no more than the bond: each descriptor brings the PASID along. */
    private Next check(Cpu cpu) {
        if (request.bond() == null) {
            queue.release();
            file.refuse(request.refusal());
            return Next.DONE;
        }
        if (!queue.isShared()) {
            return Next.ON;
        }
        boolean hasPasid = request.bond().requestPasid() != PasidPrefix.NONE;
        return Next.jump(hasPasid ? "publish context" : "give up bond");
    }

    private Next drain(Cpu cpu) {
        return Next.call(IdxdCommand.forQueue(driver, Command.DRAIN_WQ, queue.number()));
    }

    private Next reset(Cpu cpu) {
        return Next.call(IdxdCommand.forQueue(driver, driver.resetQueue(), queue.number()));
    }

    private Next writePasid(Cpu cpu) {
        queue.bond(request.bond());
        driver.registers().writeQueue(cpu, queue.number(), queue.registers());
        return Next.ON;
    }

    private Next enable(Cpu cpu) {
        return Next.call(new IdxdCommand(driver, Command.ENABLE_WQ, queue.number()).call());
    }

    private Next publish(Cpu cpu) {
        UserQueue context = new UserQueue(driver, queue, request.bond(), file);
        driver.keep(context);
        file.keep(context);
        return Next.DONE;
    }

    private Next giveUp(Cpu cpu) {
        queue.release();
        file.refuse(driver.name() + ": a shared work queue needs PASIDs");
        driver.host().sva().deviceStopped(request.bond());
        return Next.call(driver.host().sva().unbind(request.bond()));
    }
}
