package svasim.models.gpu.driver;

import svasim.cpu.Cpu;
import svasim.models.gpu.layout.InterruptEntry;
import svasim.os.mm.Mm;
import svasim.os.mm.PageFault;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;
import svasim.paging.Access;
import svasim.trace.Kind;

/**
 * The driver fetches the page that a wavefront retries at. If it cannot be had, the queue is taken
 * off: its wavefronts would retry for ever.
 */
final class RetryFault {
    private static final Procedure<RetryFault> HANDLE =
            Procedure.<RetryFault>named("gpu_fault")
                    .sleeping("find process", 150_000, RetryFault::find)
                    .sleeping("evict queue", 50_000, RetryFault::evict)
                    .sleeping("handle_mm_fault", 50_000, RetryFault::fault)
                    .sleeping("look at the outcome", 20_000, RetryFault::look)
                    .sleeping("mmput", 50_000, RetryFault::put)
                    .build();

    private final GpuDriver driver;
    private final InterruptEntry entry;
    private final Node node;
    private GpuContext context;
    private Mm mm;
    private PageFault fault;

    private RetryFault(GpuDriver driver, InterruptEntry entry) {
        this.driver = driver;
        this.entry = entry;
        node = driver.host().platform().references().node("gpu fault worker");
    }

    static Call<?> call(GpuDriver driver, InterruptEntry entry) {
        return new Call<>(HANDLE, new RetryFault(driver, entry));
    }

    /** An entry of a process that is gone, or going, is stale. */
    private Next find(Cpu cpu) {
        context = context();
        boolean stale = context == null || !context.mm().getUsersUnlessZero(node);
        if (stale) {
            return Next.DONE;
        }
        mm = context.mm();
        return Next.ON;
    }

    /** The one whose queue it is. */
    private GpuContext context() {
        return driver.contexts().find(entry.pasid()).stream()
                .filter(one -> one.queue() == entry.queue())
                .findFirst()
                .orElse(null);
    }

    /** A queue that cannot wait is off meanwhile; whoever puts it back fetches all of its pages. */
    private Next evict(Cpu cpu) {
        UserQueues queues = context.userQueues();
        boolean waits = queues == null || context.isStopped() || !context.isMapped();
        return waits ? Next.ON : Next.call(queues.quiesce());
    }

    private Next fault(Cpu cpu) {
        if (context.isNear(entry.address())) {
            return Next.jump("mmput");
        }
        mm.tell(Kind.PAGE_FAULT_HANDLED, mm.id(), entry.address(), entry.pasid());
        fault = new PageFault(mm, entry.address(), entry.write() ? Access.WRITE : Access.READ);
        return Next.call(fault.call());
    }

    private Next look(Cpu cpu) {
        boolean hopeless = !fault.isResolved() && !context.isStopped();
        return hopeless ? Next.call(GpuStop.reset(context)) : Next.ON;
    }

    private Next put(Cpu cpu) {
        return Next.call(mm.putUsers(node));
    }
}
