package svasim.models.gpu.driver;

import java.util.ArrayDeque;
import java.util.Deque;
import svasim.cpu.Cpu;
import svasim.models.gpu.layout.Register;
import svasim.os.mm.PageFault;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * Fetches all pages of a context's work and puts its queue back, unless some of them have gone
 * meanwhile: then it begins anew. A page that cannot be had ends the queue.
 */
final class RestoreQueues {
    private static final String BEGIN = "take ranges";
    private static final String PUT = "mmput";

    private static final Procedure<RestoreQueues> RESTORE =
            Procedure.<RestoreQueues>named("amdgpu_amdkfd_restore_userptr_worker")
                    .sleeping("delay", 10_000, RestoreQueues::delay)
                    .sleeping("mmget_not_zero", 50_000, RestoreQueues::getMm)
                    .sleeping(BEGIN, 50_000, RestoreQueues::begin)
                    .sleeping("hmm_range_fault", 50_000, RestoreQueues::fault)
                    .sleeping("look at the outcome", 20_000, RestoreQueues::look)
                    .step("kgd2kfd_resume_mm", 100_000, RestoreQueues::resume)
                    .sleeping(PUT, 50_000, RestoreQueues::putMm)
                    .build();

    private final UserQueues queues;
    private final GpuContext context;
    private final Deque<WorkRanges.Page> left = new ArrayDeque<>();
    private long sequence;
    private PageFault fault;

    private RestoreQueues(UserQueues queues) {
        this.queues = queues;
        this.context = queues.context();
    }

    static Call<?> call(UserQueues queues) {
        return new Call<>(RESTORE, new RestoreQueues(queues));
    }

    private Next delay(Cpu cpu) {
        return Next.sleep(context.driver().restoreAfterPs());
    }

    private Next getMm(Cpu cpu) {
        return context.mm().getUsersUnlessZero(queues.node()) ? Next.ON : Next.DONE;
    }

    private Next begin(Cpu cpu) {
        sequence = queues.sequence();
        left.clear();
        left.addAll(context.ranges().pages());
        return Next.ON;
    }

    /** What the device has in its own memory is not missing. */
    private Next fault(Cpu cpu) {
        while (!left.isEmpty() && context.isNear(left.peek().address())) {
            left.poll();
        }
        if (left.isEmpty()) {
            return Next.jump("kgd2kfd_resume_mm");
        }
        WorkRanges.Page page = left.poll();
        fault = new PageFault(context.mm(), page.address(), page.access());
        return Next.call(fault.call());
    }

    private Next look(Cpu cpu) {
        if (fault.isResolved()) {
            return Next.jump("hmm_range_fault");
        }
        queues.restored();
        boolean stops = !context.isStopped();
        return stops ? new Next.EnterAgain(GpuStop.reset(context)) : Next.jump(PUT);
    }

    /** Between the look and the command nothing can go. */
    private Next resume(Cpu cpu) {
        if (sequence != queues.sequence()) {
            return Next.jump(BEGIN);
        }
        queues.restored();
        if (!context.isStopped()) {
            context.driver().write(cpu, Register.QUEUE, context.queue());
            context.driver().write(cpu, Register.COMMAND, Register.RESTORE_QUEUE);
        }
        return Next.ON;
    }

    private Next putMm(Cpu cpu) {
        return Next.call(context.mm().putUsers(queues.node()));
    }
}
