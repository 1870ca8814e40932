package svasim.models.zip.uacce;

import svasim.cpu.Cpu;
import svasim.models.zip.layout.Mailbox;
import svasim.models.zip.layout.QueueContext;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** UACCE_CMD_START: gives the queue's contexts to the device. */
final class UacceStart {
    private static final Procedure<UacceStart> START =
            Procedure.<UacceStart>named("uacce_start_queue")
                    .sleeping("clear completions", 150_000, UacceStart::clear)
                    .sleeping("hand over SQC", 20_000, UacceStart::submission)
                    .sleeping("hand over CQC", 20_000, UacceStart::completion)
                    .step("started", 20_000, UacceStart::started)
                    .build();

    private final UacceContext context;
    private final UserQueue queue;

    private UacceStart(UacceContext context, UserQueue queue) {
        this.context = context;
        this.queue = queue;
    }

    static Call<?> call(UacceContext context, UserQueue queue) {
        return new Call<>(START, new UacceStart(context, queue));
    }

    private Next clear(Cpu cpu) {
        queue.region().clear(cpu);
        return Next.ON;
    }

    private Next submission(Cpu cpu) {
        QueueContext wanted = queue.region().submission(context.pasid(), queue.type());
        return Next.call(command(Mailbox.SQC, wanted));
    }

    private Next completion(Cpu cpu) {
        return Next.call(command(Mailbox.CQC, queue.region().completion(context.pasid())));
    }

    private Next started(Cpu cpu) {
        queue.state(UserQueue.State.STARTED);
        return Next.DONE;
    }

    private Call<?> command(int command, QueueContext wanted) {
        return new MailboxCommand(context.driver(), command, queue.number(), wanted).call();
    }
}
