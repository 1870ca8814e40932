package svasim.models.gpu.driver;

import svasim.cpu.Cpu;
import svasim.models.gpu.layout.Register;
import svasim.os.mm.MmuNotifier;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/**
 * Keeps the queue of a context off while memory of its work is not there (amdkfd's user pointers,
 * without XNACK): a notifier takes it off before the page goes, and a worker puts it back later.
 */
final class UserQueues implements MmuNotifier {
    private static final long ALL = -1;

    private static final Procedure<UserQueues> QUIESCE =
            Procedure.<UserQueues>named("kgd2kfd_quiesce_mm")
                    .step("evict queue", 100_000, UserQueues::evict)
                    .step("wait until it is off", 20_000, UserQueues::look)
                    .step("schedule restore", 20_000, UserQueues::schedule)
                    .build();

    private final GpuContext context;
    private final Node node;
    private boolean scheduled;
    private long sequence;

    /**
     * @param node which holds the struct of the address space
     */
    UserQueues(GpuContext context, Node node) {
        this.context = context;
        this.node = node;
    }

    @Override
    public Node node() {
        return node;
    }

    /** The queue is stopped by others. */
    @Override
    public Call<?> release() {
        return Call.nothing();
    }

    @Override
    public Call<?> invalidate(long start, long end) {
        boolean concerned = context.ranges().meet(start, end == ALL ? Long.MAX_VALUE : end);
        return concerned && context.isMapped() ? quiesce() : Call.nothing();
    }

    /** Takes the queue off for a while. */
    Call<?> quiesce() {
        sequence++;
        return new Call<>(QUIESCE, this);
    }

    /** Changes whenever memory of the work has changed. */
    long sequence() {
        return sequence;
    }

    GpuContext context() {
        return context;
    }

    /** The worker has put the queue back, or nobody will. */
    void restored() {
        scheduled = false;
    }

    private Next evict(Cpu cpu) {
        GpuDriver driver = context.driver();
        if (!context.isStopped()) {
            driver.write(cpu, Register.QUEUE, context.queue());
            driver.write(cpu, Register.COMMAND, Register.EVICT_QUEUE);
        }
        return Next.ON;
    }

    /** Off at last, or reset by somebody, or gone. */
    private Next look(Cpu cpu) {
        return context.driver().status(cpu, context.queue()) == Register.BUSY
                ? Next.AGAIN
                : Next.ON;
    }

    private Next schedule(Cpu cpu) {
        if (!scheduled) {
            scheduled = true;
            context.driver().restores().add(RestoreQueues.call(this));
        }
        return Next.DONE;
    }
}
