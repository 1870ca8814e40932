package svasim.models.nic.rdma.verbs;

import svasim.cpu.Cpu;
import svasim.device.Polling;
import svasim.os.file.Job.Waiting;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** The program looks for completions until all its messages have ended. */
final class PollMessages {
    private static final String LOOK = "ib_poll_cq";

    private static final Procedure<PollMessages> POLL =
            Procedure.<PollMessages>named("rdma_wait")
                    .sleeping(LOOK, 30_000, PollMessages::look)
                    .sleeping("look again", 1_000, (frame, cpu) -> Next.jump(LOOK))
                    .build();

    private final WriteJob job;
    private final Waiting thread;
    private long sincePs = -1;

    private PollMessages(WriteJob job, Waiting thread) {
        this.job = job;
        this.thread = thread;
    }

    static Call<?> call(WriteJob job, Waiting thread) {
        return new Call<>(POLL, new PollMessages(job, thread));
    }

    private Next look(Cpu cpu) {
        sincePs = sincePs < 0 ? cpu.nowPs() : sincePs;
        job.context().poll(cpu);
        if (job.result() == null && Polling.isHopeless(cpu, sincePs)) {
            job.fail("messages are missing");
        }
        boolean over = job.result() != null || thread.signalPending();
        return over ? Next.DONE : Polling.pause(cpu, sincePs);
    }
}
