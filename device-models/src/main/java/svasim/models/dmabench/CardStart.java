package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.device.DriverStyle;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** ioctl that programs the card and starts a measurement. */
final class CardStart {
    private static final long START_QUEUE_PS = 300_000;

    private static final Procedure<CardJob> START =
            Procedure.<CardJob>named("dma_bench_ioctl")
                    .sleeping("check idle", 150_000, CardStart::checkIdle)
                    .step("program card", 50_000, CardStart::program)
                    .sleeping("start", 50_000, CardStart::start)
                    .build();

    private CardStart() {}

    static Call<?> call(CardJob job) {
        return new Call<>(START, job);
    }

    private static Next checkIdle(CardJob job, Cpu cpu) {
        if (job.driver().errorHandlers().isActive()) {
            job.refused("the card is being reset");
            return Next.DONE;
        }
        if (job.context().isRunning()) {
            job.refused("the card is measuring");
            return Next.DONE;
        }
        startQueue(job, cpu);
        CardContext context = job.context();
        return job.driver().config().pins() == DmaBenchConfig.Pins.SUBMISSION
                ? Next.call(context.pinWindow())
                : Next.ON;
    }

    /** UACCE_CMD_START, before the first work. */
    private static void startQueue(CardJob job, Cpu cpu) {
        boolean first = job.driver().style() == DriverStyle.UACCE && !job.context().isStarted();
        job.context().startQueue();
        if (first) {
            cpu.spend(START_QUEUE_PS);
        }
    }

    private static Next program(CardJob job, Cpu cpu) {
        DmaBenchDriver driver = job.driver();
        CardContext context = job.context();
        driver.write(cpu, CardRegister.PASID, context.pasid());
        driver.write(cpu, CardRegister.WINDOW_ADDRESS, context.address());
        driver.write(cpu, CardRegister.WINDOW_BYTES, context.bytes(driver.config()));
        driver.write(cpu, CardRegister.SAMPLES, job.work().samples());
        if (context.ring() != null) {
            driver.write(cpu, CardRegister.RING_ADDRESS, context.ring().iova());
        }
        return Next.ON;
    }

    private static Next start(CardJob job, Cpu cpu) {
        job.started();
        long control =
                switch (job.work().op()) {
                    case READ -> CardRegister.READ;
                    case WRITE -> CardRegister.WRITE;
                    case WRITE_READ -> CardRegister.WRITE_READ;
                };
        job.driver().write(cpu, CardRegister.CONTROL, control);
        return Next.DONE;
    }
}
