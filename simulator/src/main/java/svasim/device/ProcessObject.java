package svasim.device;

import java.util.function.Supplier;
import svasim.cpu.Cpu;
import svasim.os.mm.Mm;
import svasim.os.mm.MmuNotifier;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;
import svasim.os.task.WorkQueue;

/**
 * What a driver in the style of amdkfd keeps for an address space, whatever files are open: it
 * learns of the end of the address space by a notifier of its own, and holds mm_count for that.
 */
public final class ProcessObject implements MmuNotifier {
    private static final Procedure<ProcessObject> RELEASE =
            Procedure.<ProcessObject>named("kfd_process_notifier_release")
                    .sleeping("destroy queues", 50_000, ProcessObject::stop)
                    .sleeping("queue cleanup", 50_000, ProcessObject::queueCleanup)
                    .build();

    private final Mm mm;
    private final Node node;
    private final WorkQueue cleanup;
    private final Supplier<Call<?>> stop;
    private final Supplier<Call<?>> free;

    /**
     * @param cleanup where what is left is freed
     * @param stop after which the device begins nothing more; it must not wait for pages of the
     *     process, since the last user of those may be the worker that would bring them (S13)
     * @param free waits until the device is idle, ends the bond and gives everything back
     */
    public ProcessObject(
            Mm mm, Node node, WorkQueue cleanup, Supplier<Call<?>> stop, Supplier<Call<?>> free) {
        this.mm = mm;
        this.node = node;
        this.cleanup = cleanup;
        this.stop = stop;
        this.free = free;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Call<?> release() {
        return new Call<>(RELEASE, this);
    }

    /** Nothing: the bond has a notifier of its own for that. */
    @Override
    public Call<?> invalidate(long start, long end) {
        return Call.nothing();
    }

    private Next stop(Cpu cpu) {
        return Next.call(stop.get());
    }

    private Next queueCleanup(Cpu cpu) {
        cleanup.add(free.get());
        mm.putNotifier(this);
        return Next.DONE;
    }
}
