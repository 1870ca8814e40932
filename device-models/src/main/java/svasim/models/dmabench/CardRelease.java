package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.device.DriverStyle;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * Stops the card, and only then takes its memory away; unless the style of the driver is that the
 * process has the card and not the file, or that nobody cares.
 */
final class CardRelease {
    private static final Procedure<CardRelease> RELEASE =
            Procedure.<CardRelease>named("dma_bench_release")
                    .sleeping("stop card", 50_000, CardRelease::stop)
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
        boolean ofProcess = driver.style() == DriverStyle.AMDKFD;
        if (context == null || ofProcess && context.bond() != null) {
            return Next.DONE;
        }
        return driver.style() == DriverStyle.UIO ? Next.ON : Next.call(CardStop.call(driver));
    }

    private Next unmapQueues(Cpu cpu) {
        return context.ring() == null
                ? Next.ON
                : Next.call(driver.host().dma().unmap(context.ring()));
    }

    private Next giveWindowBack(Cpu cpu) {
        if (context.mirror() != null) {
            return Next.call(context.mirror().end());
        }
        if (context.bond() == null) {
            return Next.call(context.giveWindowBack(driver.host()));
        }
        if (driver.style() != DriverStyle.UIO) {
            driver.host().sva().deviceStopped(context.bond());
        }
        return Next.call(context.unbind(driver.host().sva()));
    }

    private Next free(Cpu cpu) {
        file.keep(null);
        driver.give();
        return Next.DONE;
    }
}
