package svasim.models.zip.uacce;

import svasim.cpu.Cpu;
import svasim.models.zip.layout.Mailbox;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * Stops the queues of a file: on return the device has finished what was submitted and touches
 * nothing of the address space any more. Requests that the IOMMU holds have to be answered first.
 */
final class UacceStop {
    private static final Procedure<UacceStop> STOP =
            Procedure.<UacceStop>named("uacce_stop_queue")
                    .sleeping("stop queues", 50_000, UacceStop::stopNext)
                    .step("device is silent", 0, UacceStop::silent)
                    .build();

    private final UacceContext context;
    private int stopped;

    private UacceStop(UacceContext context) {
        this.context = context;
    }

    static Call<?> call(UacceContext context) {
        return new Call<>(STOP, new UacceStop(context));
    }

    /** The address space ends; a driver that must not sleep cannot wait for the device. */
    static Call<?> onExit(UacceContext context, boolean maySleep) {
        return maySleep ? call(context) : Call.nothing();
    }

    private Next stopNext(Cpu cpu) {
        while (stopped < context.queues().size()) {
            UserQueue queue = context.queues().get(stopped++);
            if (queue.state() == UserQueue.State.STARTED) {
                queue.state(UserQueue.State.ZOMBIE);
                return new Next.EnterAgain(stop(queue));
            }
        }
        return Next.ON;
    }

    private Call<?> stop(UserQueue queue) {
        return new MailboxCommand(context.driver(), Mailbox.STOP_QP, queue.number(), null).call();
    }

    private Next silent(Cpu cpu) {
        context.driver().host().sva().deviceStopped(context.bond());
        return Next.DONE;
    }
}
