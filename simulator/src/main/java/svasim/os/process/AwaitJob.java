package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.file.Job;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Waits in user mode until a job has ended, or the thread has to die. */
final class AwaitJob {
    private static final Procedure<AwaitJob> AWAIT =
            Procedure.<AwaitJob>named("wait")
                    .sleeping("poll", 5_000, AwaitJob::poll)
                    .sleeping("result", 5_000, AwaitJob::look)
                    .build();

    private final UserThread thread;
    private final String name;
    private final Job job;

    private AwaitJob(UserThread thread, String name) {
        this.thread = thread;
        this.name = name;
        this.job = thread.process().job(name);
    }

    static Call<?> call(UserThread thread, String name) {
        return new Call<>(AWAIT, new AwaitJob(thread, name));
    }

    private Next poll(Cpu cpu) {
        if (job == null) {
            thread.process().failed(thread, "wait " + name + ": never submitted");
            return Next.DONE;
        }
        return Next.call(job.await(thread));
    }

    private Next look(Cpu cpu) {
        if (job.result() != null && !job.result().good()) {
            thread.process().failed(thread, name + ": " + job.result().status());
        }
        return Next.DONE;
    }
}
