package svasim.models.zip.uacce;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** The program's library hands in a batch. */
final class UserSubmit {
    private static final Procedure<UserSubmit> SUBMIT =
            Procedure.<UserSubmit>named("zip submit")
                    .sleeping("wait for the queue", 10_000, UserSubmit::awaitQueue)
                    .sleeping("start queue", 10_000, UserSubmit::startQueue)
                    .sleeping("fill entries", 10_000, UserSubmit::fill)
                    .sleeping("ring doorbell", 1_000, UserSubmit::ring)
                    .build();

    private static final Procedure<UserSubmit> NEXT =
            Procedure.<UserSubmit>named("zip next batch")
                    .sleeping("wait for room", 1_000, UserSubmit::awaitRoom)
                    .sleeping("fill entries", 10_000, UserSubmit::fill)
                    .sleeping("ring doorbell", 1_000, UserSubmit::ring)
                    .build();

    private final ZipJob job;

    private UserSubmit(ZipJob job) {
        this.job = job;
    }

    static Call<?> call(ZipJob job) {
        return new Call<>(SUBMIT, new UserSubmit(job));
    }

    /** The batch after one that has ended. */
    static Call<?> next(ZipJob job) {
        return new Call<>(NEXT, new UserSubmit(job));
    }

    private Next awaitQueue(Cpu cpu) {
        Next room = awaitRoom(cpu);
        if (room == Next.ON) {
            job.begin(cpu.nowPs());
        }
        return room;
    }

    private Next awaitRoom(Cpu cpu) {
        ZipJob before = job.obstacle();
        return before == null ? Next.ON : new Next.EnterAgain(before.await(() -> false));
    }

    private Next startQueue(Cpu cpu) {
        return switch (job.queue().state()) {
            case INIT -> Next.call(UacceStart.call(job.context(), job.queue()));
            case STARTED -> Next.ON;
            case ZOMBIE -> {
                job.fail(cpu.nowPs(), "the queue has been stopped");
                yield Next.DONE;
            }
        };
    }

    private Next fill(Cpu cpu) {
        job.fillBatch(cpu);
        return Next.ON;
    }

    private Next ring(Cpu cpu) {
        job.queue().ringSubmission(cpu);
        return Next.DONE;
    }
}
