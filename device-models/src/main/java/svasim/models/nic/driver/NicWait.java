package svasim.models.nic.driver;

import svasim.cpu.Cpu;
import svasim.device.Polling;
import svasim.os.file.Job.Waiting;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.units.Picoseconds;

/** Waits for the end of traffic; asks the card for drops only when nothing goes on. */
final class NicWait {
    private static final long POLL_PS = 50 * Picoseconds.PER_MICROSECOND;

    private static final Procedure<NicWait> WAIT =
            Procedure.<NicWait>named("nic_wait")
                    .sleeping("look for the end", 50_000, NicWait::look)
                    .sleeping("look again", 1_000, (frame, cpu) -> Next.jump("look for the end"))
                    .build();

    private final NicJob job;
    private final Waiting thread;
    private long ended = -1;
    private long progressPs;

    private NicWait(NicJob job, Waiting thread) {
        this.job = job;
        this.thread = thread;
    }

    static Call<?> call(NicJob job, Waiting thread) {
        return new Call<>(WAIT, new NicWait(job, thread));
    }

    private Next look(Cpu cpu) {
        if (job.result() != null || thread.signalPending()) {
            return Next.DONE;
        }
        if (job.ended() != ended) {
            ended = job.ended();
            progressPs = cpu.nowPs();
            return Next.sleep(POLL_PS);
        }
        job.countDrops(cpu);
        if (Polling.isHopeless(cpu, progressPs)) {
            job.fail("packets are missing");
        }
        return job.result() != null ? Next.DONE : Next.sleep(POLL_PS);
    }
}
