package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.os.file.Job.Waiting;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** ioctl that sleeps until the card's interrupt tells the end of a measurement. */
final class CardWait {
    private static final Procedure<CardWait> WAIT =
            Procedure.<CardWait>named("dma_bench_wait")
                    .sleeping("wait for interrupt", 100_000, CardWait::sleep)
                    .sleeping("read counters", 50_000, CardWait::read)
                    .build();

    private final CardJob job;
    private final Waiting thread;

    private CardWait(CardJob job, Waiting thread) {
        this.job = job;
        this.thread = thread;
    }

    static Call<?> call(CardJob job, Waiting thread) {
        return new Call<>(WAIT, new CardWait(job, thread));
    }

    private Next sleep(Cpu cpu) {
        if (job.result() != null || thread.signalPending()) {
            return Next.DONE;
        }
        if (job.driver().host().device().isDisconnected()) {
            job.refused("the card is gone");
            return Next.DONE;
        }
        if (job.isGivenUp()) {
            job.giveUp();
            return Next.DONE;
        }
        return job.isOver() ? Next.ON : job.driver().awaitInterrupt();
    }

    private Next read(Cpu cpu) {
        DmaBenchDriver driver = job.driver();
        long taken = driver.read(cpu, CardRegister.TAKEN);
        job.ended(taken, driver.read(cpu, CardRegister.FAILED));
        return Next.DONE;
    }
}
