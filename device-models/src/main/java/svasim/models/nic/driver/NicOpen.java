package svasim.models.nic.driver;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Gives a queue pair to a file: rings, a page for each place of the receive ring, and start. */
final class NicOpen {
    private static final String FILL = "fill receive ring";

    private static final Procedure<NicOpen> OPEN =
            Procedure.<NicOpen>named("nic_open")
                    .sleeping("take queue pair", 50_000, NicOpen::take)
                    .sleeping("dma_alloc_coherent", 50_000, NicOpen::mapRings)
                    .sleeping(FILL, 50_000, NicOpen::allocate)
                    .sleeping("post", 20_000, NicOpen::post)
                    .sleeping("next place", 1_000, (frame, cpu) -> Next.jump(FILL))
                    .sleeping("start queue pair", 100_000, NicOpen::start)
                    .sleeping("undo", 50_000, NicOpen::undo)
                    .build();

    private final NicDriver driver;
    private final OpenFile file;
    private NicQueue queue;
    private PacketPage page;
    private int posted;

    private NicOpen(NicDriver driver, OpenFile file) {
        this.driver = driver;
        this.file = file;
    }

    static Call<?> call(NicDriver driver, OpenFile file) {
        return new Call<>(OPEN, new NicOpen(driver, file));
    }

    private Next take(Cpu cpu) {
        queue = driver.takeQueue();
        if (queue == null) {
            file.refuse(driver.name() + ": every queue pair is in use");
            return Next.DONE;
        }
        queue.clearReceive();
        return Next.ON;
    }

    private Next mapRings(Cpu cpu) {
        return Next.call(driver.host().dma().map(queue.memory().memory()));
    }

    private Next allocate(Cpu cpu) {
        if (posted == queue.entries()) {
            return Next.jump("start queue pair");
        }
        page = queue.memory().memory().isMapped() ? queue.pages().take() : null;
        return page == null ? Next.jump("undo") : Next.call(queue.pages().map(page));
    }

    private Next post(Cpu cpu) {
        if (!page.isMapped()) {
            queue.pages().give(page);
            return Next.jump("undo");
        }
        queue.postReceive(cpu, page);
        posted++;
        return Next.ON;
    }

    private Next start(Cpu cpu) {
        queue.start(cpu);
        file.keep(queue);
        return Next.DONE;
    }

    private Next undo(Cpu cpu) {
        file.refuse(driver.name() + ": no memory or no addresses for packets (-ENOMEM)");
        return Next.call(NicRelease.freeing(queue));
    }
}
