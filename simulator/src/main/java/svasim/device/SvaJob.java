package svasim.device;

import svasim.cpu.Cpu;
import svasim.os.file.Job;
import svasim.os.file.JobResult;
import svasim.os.file.Work;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Work for a device of an {@link SvaDriver}: an ioctl hands it in, another one waits for it. */
final class SvaJob implements Job {
    private static final Procedure<SvaJob> SUBMIT =
            Procedure.<SvaJob>named("sva_submit")
                    .sleeping("wait for the job before", 100_000, SvaJob::awaitTurn)
                    .sleeping("hand in", 50_000, SvaJob::handIn)
                    .build();

    private static final Procedure<Poll> WAIT =
            Procedure.<Poll>named("sva_wait")
                    .sleeping("read status", 100_000, Poll::look)
                    .sleeping("read again", 1_000, (frame, cpu) -> Next.jump("read status"))
                    .build();

    private final SvaDriver driver;
    private final Work work;
    private JobResult result;
    private long startPs;

    SvaJob(SvaDriver driver, Work work) {
        this.driver = driver;
        this.work = work;
    }

    /** A thread that waits for the job. */
    private record Poll(SvaJob job, Waiting thread) {
        Next look(Cpu cpu) {
            if (job.hasEnded(cpu) || thread.signalPending()) {
                return Next.DONE;
            }
            return Polling.pause(cpu, job.startPs);
        }
    }

    Call<?> submission() {
        return new Call<>(SUBMIT, this);
    }

    @Override
    public Call<?> await(Waiting thread) {
        return new Call<>(WAIT, new Poll(this, thread));
    }

    @Override
    public JobResult result() {
        return result;
    }

    /** The device has one set of registers: what it tells of the job before must be read first. */
    private Next awaitTurn(Cpu cpu) {
        SvaJob before = driver.current();
        return before == null || before.hasEnded(cpu) ? Next.ON : Next.AGAIN;
    }

    private Next handIn(Cpu cpu) {
        startPs = cpu.nowPs();
        driver.current(this);
        driver.begin(cpu, work);
        return Next.DONE;
    }

    private boolean hasEnded(Cpu cpu) {
        if (result == null && Polling.isHopeless(cpu, startPs)) {
            result = new JobResult("no end", false, 0);
        } else if (result == null) {
            result = driver.result(cpu);
        }
        return result != null;
    }
}
