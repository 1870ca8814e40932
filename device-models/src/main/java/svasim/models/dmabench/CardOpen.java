package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.iommu.DmaBuffer;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.BindRequest;

/** Gives the card to a file: memory of the DMA API, or the opener's address space. */
final class CardOpen {
    private static final int SMALL_PAGE_SHIFT = 12;

    private static final Procedure<CardOpen> OPEN =
            Procedure.<CardOpen>named("dma_bench_open")
                    .sleeping("take card", 50_000, CardOpen::take)
                    .sleeping("get window", 50_000, CardOpen::getWindow)
                    .sleeping("check window", 20_000, CardOpen::check)
                    .sleeping("map queues", 50_000, CardOpen::mapQueues)
                    .step("publish context", 50_000, CardOpen::publish)
                    .build();

    private final DmaBenchDriver driver;
    private final OpenFile file;
    private final CardContext context = new CardContext();
    private BindRequest request;

    private CardOpen(DmaBenchDriver driver, OpenFile file) {
        this.driver = driver;
        this.file = file;
    }

    static Call<?> call(DmaBenchDriver driver, OpenFile file) {
        return new Call<>(OPEN, new CardOpen(driver, file));
    }

    private Next take(Cpu cpu) {
        if (!driver.take(file)) {
            file.refuse(driver.name() + ": in use");
            return Next.DONE;
        }
        return Next.ON;
    }

    private Next getWindow(Cpu cpu) {
        DmaBenchConfig config = driver.config();
        if (config.addressing() == DmaBenchConfig.Addressing.SVA) {
            request =
                    new BindRequest(driver.host().device(), file.openedBy(), file.node())
                            .onExit((bond, maySleep) -> CardStop.call(driver, maySleep));
            return Next.call(driver.host().sva().bind(request));
        }
        DmaBuffer window = buffer(config.window().bytes(), config.leafShift());
        context.window(window);
        return Next.call(driver.host().dma().map(window));
    }

    private Next check(Cpu cpu) {
        if (request == null) {
            return Next.ON;
        }
        if (request.bond() == null) {
            driver.give();
            file.refuse(request.refusal());
            return Next.DONE;
        }
        context.bond(request.bond());
        return Next.ON;
    }

    private Next mapQueues(Cpu cpu) {
        long bytes = driver.config().ringBytes();
        if (bytes == 0) {
            return Next.ON;
        }
        DmaBuffer ring = buffer(bytes, SMALL_PAGE_SHIFT);
        context.ring(ring);
        return Next.call(driver.host().dma().map(ring));
    }

    private Next publish(Cpu cpu) {
        file.keep(context);
        return Next.DONE;
    }

    private DmaBuffer buffer(long bytes, int pageShift) {
        return new DmaBuffer(driver.host().device(), bytes, pageShift);
    }
}
