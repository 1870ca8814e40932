package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.os.iommu.ErrorHandlers;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * Stops the card before a reset, and tells it behind where its interrupts go: all else is written
 * for each measurement. One that runs meanwhile is given up.
 */
final class CardReset implements ErrorHandlers {
    private static final Procedure<CardReset> PREPARE =
            Procedure.<CardReset>named("dma_bench_reset_prepare")
                    .sleeping("give up measurement", 20_000, CardReset::giveUp)
                    .sleeping("stop card", 20_000, CardReset::stop)
                    .build();

    private static final Procedure<CardReset> FAILED =
            Procedure.<CardReset>named("dma_bench_error_detected")
                    .sleeping("give up measurement", 20_000, CardReset::giveUp)
                    .build();

    private static final Procedure<CardReset> DONE =
            Procedure.<CardReset>named("dma_bench_reset_done")
                    .sleeping("set up card", 20_000, CardReset::setUp)
                    .sleeping("take work again", 20_000, CardReset::end)
                    .build();

    private final DmaBenchDriver driver;
    private boolean active;
    private int resets;

    CardReset(DmaBenchDriver driver) {
        this.driver = driver;
    }

    @Override
    public Call<?> resetPrepare() {
        return new Call<>(PREPARE, this);
    }

    @Override
    public Call<?> resetDone() {
        return new Call<>(DONE, this);
    }

    @Override
    public Call<?> errorDetected() {
        return new Call<>(FAILED, this);
    }

    @Override
    public Call<?> slotReset() {
        return new Call<>(DONE, this);
    }

    /** Whether the card takes no work now. */
    boolean isActive() {
        return active;
    }

    /** Resets that have begun: what was started before one does not end after it. */
    int resets() {
        return resets;
    }

    private Next giveUp(Cpu cpu) {
        active = true;
        resets++;
        driver.wakeWaiters();
        return Next.ON;
    }

    private Next stop(Cpu cpu) {
        return Next.call(CardStop.call(driver));
    }

    private Next setUp(Cpu cpu) {
        return Next.call(CardProbe.call(driver));
    }

    private Next end(Cpu cpu) {
        active = false;
        return Next.DONE;
    }
}
