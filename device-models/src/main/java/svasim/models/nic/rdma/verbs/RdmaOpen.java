package svasim.models.nic.rdma.verbs;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Gives a queue of messages to a file, and follows the opener's address space from then on. */
final class RdmaOpen {
    private static final Procedure<RdmaOpen> OPEN =
            Procedure.<RdmaOpen>named("rdma_open")
                    .sleeping("take queue", 50_000, RdmaOpen::take)
                    .sleeping("mmu_interval_notifier_insert", 100_000, RdmaOpen::start)
                    .build();

    private final RdmaDriver driver;
    private final OpenFile file;
    private RdmaContext context;

    private RdmaOpen(RdmaDriver driver, OpenFile file) {
        this.driver = driver;
        this.file = file;
    }

    static Call<?> call(RdmaDriver driver, OpenFile file) {
        return new Call<>(OPEN, new RdmaOpen(driver, file));
    }

    private Next take(Cpu cpu) {
        Integer queue = driver.isReady() ? driver.takeQueue() : null;
        if (queue == null) {
            file.refuse(driver.name() + ": every queue is in use, or none could be set up");
            return Next.DONE;
        }
        context = new RdmaContext(driver, queue, file);
        return Next.call(driver.host().dma().map(context.rings()));
    }

    private Next start(Cpu cpu) {
        if (!context.rings().isMapped()) {
            driver.giveQueue(context.queue());
            file.refuse(driver.name() + ": no memory or no addresses for a queue (-ENOMEM)");
            return Next.DONE;
        }
        file.openedBy().register(context.mirror());
        context.start(cpu);
        file.keep(context);
        return Next.DONE;
    }
}
