package svasim.models.zip.uacce;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.BindRequest;

/** uacce_fops_open: binds the opener's address space and gets its queues, in state INIT. */
final class UacceOpen {
    private static final Procedure<UacceOpen> OPEN =
            Procedure.<UacceOpen>named("uacce_fops_open")
                    .sleeping("take queues", 50_000, UacceOpen::takeQueues)
                    .sleeping("iommu_sva_bind_device", 50_000, UacceOpen::bind)
                    .sleeping("check bond", 50_000, UacceOpen::check)
                    .sleeping("allocate queues", 50_000, UacceOpen::allocateNext)
                    .step("publish context", 50_000, UacceOpen::publish)
                    .build();

    private final ZipDriver driver;
    private final OpenFile file;
    private int first;
    private int second;
    private BindRequest request;
    private UacceContext context;
    private int allocated;

    private UacceOpen(ZipDriver driver, OpenFile file) {
        this.driver = driver;
        this.file = file;
    }

    static Call<?> call(ZipDriver driver, OpenFile file) {
        return new Call<>(OPEN, new UacceOpen(driver, file));
    }

    private Next takeQueues(Cpu cpu) {
        first = driver.takeQueue();
        second = driver.takeQueue();
        if (second >= 0) {
            return Next.ON;
        }
        if (first >= 0) {
            driver.giveQueue(first);
        }
        file.refuse(driver.name() + ": every queue is in use");
        return Next.DONE;
    }

    private Next bind(Cpu cpu) {
        request =
                new BindRequest(driver.host().device(), file.openedBy(), file.node())
                        .onExit((bond, maySleep) -> UacceStop.onExit(context, maySleep));
        return Next.call(driver.host().sva().bind(request));
    }

    private Next check(Cpu cpu) {
        if (request.bond() == null) {
            driver.giveQueue(first);
            driver.giveQueue(second);
            file.refuse(request.refusal());
            return Next.DONE;
        }
        context = new UacceContext(driver, request.bond(), first, second);
        return Next.ON;
    }

    private Next allocateNext(Cpu cpu) {
        if (allocated == context.queues().size()) {
            return Next.ON;
        }
        UserQueue queue = context.queues().get(allocated++);
        return new Next.EnterAgain(driver.host().dma().map(queue.region().memory()));
    }

    private Next publish(Cpu cpu) {
        file.keep(context);
        driver.errorHandlers().add(context);
        return Next.DONE;
    }
}
