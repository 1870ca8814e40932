package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.units.Picoseconds;

/** Stops the card, and only then takes its memory away. */
final class CardRelease {
    private static final long POLL_PS = Picoseconds.PER_MICROSECOND;

    private static final Procedure<CardRelease> RELEASE =
            Procedure.<CardRelease>named("dma_bench_release")
                    .sleeping("stop card", 50_000, CardRelease::stop)
                    .sleeping("look whether idle", 20_000, CardRelease::look)
                    .sleeping("look again", 1_000, (frame, cpu) -> Next.jump("look whether idle"))
                    .sleeping("unmap queues", 50_000, CardRelease::unmapQueues)
                    .sleeping("give window back", 50_000, CardRelease::giveWindowBack)
                    .step("free card", 50_000, CardRelease::free)
                    .build();

    private final DmaBenchDriver driver;
    private final OpenFile file;
    private CardContext context;

    private CardRelease(DmaBenchDriver driver, OpenFile file) {
        this.driver = driver;
        this.file = file;
    }

    static Call<?> call(DmaBenchDriver driver, OpenFile file) {
        return new Call<>(RELEASE, new CardRelease(driver, file));
    }

    private Next stop(Cpu cpu) {
        context = file.context(CardContext.class);
        if (context == null) {
            return Next.DONE;
        }
        driver.write(cpu, CardRegister.CONTROL, CardRegister.STOP);
        return Next.ON;
    }

    private Next look(Cpu cpu) {
        boolean busy = driver.read(cpu, CardRegister.BUSY) != 0;
        return busy ? Next.sleep(POLL_PS) : Next.jump("unmap queues");
    }

    private Next unmapQueues(Cpu cpu) {
        return context.ring() == null
                ? Next.ON
                : Next.call(driver.host().dma().unmap(context.ring()));
    }

    private Next giveWindowBack(Cpu cpu) {
        if (context.bond() == null) {
            return Next.call(driver.host().dma().unmap(context.window()));
        }
        driver.host().sva().deviceStopped(context.bond());
        return Next.call(driver.host().sva().unbind(context.bond()));
    }

    private Next free(Cpu cpu) {
        file.keep(null);
        driver.give();
        return Next.DONE;
    }
}
