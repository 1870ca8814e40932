package svasim.models.zip.uacce;

import svasim.cpu.Cpu;
import svasim.device.Polling;
import svasim.os.file.Job.Waiting;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** The program's library polls the completion queue, and hands in the next batch. */
final class UserWait {
    private static final Procedure<UserWait> WAIT =
            Procedure.<UserWait>named("zip wait")
                    .sleeping("poll completions", 5_000, UserWait::poll)
                    .sleeping("pause", 5_000, UserWait::pause)
                    .sleeping("poll again", 1_000, (frame, cpu) -> Next.jump("poll completions"))
                    .build();

    private final ZipJob job;
    private final Waiting thread;

    private UserWait(ZipJob job, Waiting thread) {
        this.job = job;
        this.thread = thread;
    }

    static Call<?> call(ZipJob job, Waiting thread) {
        return new Call<>(WAIT, new UserWait(job, thread));
    }

    private Next poll(Cpu cpu) {
        if (job.result() != null) {
            return Next.DONE;
        }
        job.queue().reap(cpu);
        if (job.result() != null) {
            return Next.DONE;
        }
        return job.isWaiting() ? Next.ON : new Next.EnterAgain(UserSubmit.next(job));
    }

    private Next pause(Cpu cpu) {
        if (thread.signalPending()) {
            return Next.DONE;
        }
        if (job.queue().state() == UserQueue.State.ZOMBIE) {
            job.fail(cpu.nowPs(), "the queue has been stopped");
            return Next.DONE;
        }
        if (Polling.isHopeless(cpu, job.handedInPs())) {
            job.fail(cpu.nowPs(), "no completion");
            return Next.DONE;
        }
        return Polling.pause(cpu, job.handedInPs());
    }
}
