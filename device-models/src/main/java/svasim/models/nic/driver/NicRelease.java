package svasim.models.nic.driver;

import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.models.nic.layout.QueueRegister;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.units.Picoseconds;

/** Has the card stop and be idle, and only then takes its memory away. */
final class NicRelease {
    /** All ones: nobody has answered the read. */
    private static final long GONE = -1;

    private static final long POLL_PS = Picoseconds.PER_MICROSECOND;
    private static final String LOOK = "look whether stopped";

    private static final Procedure<NicRelease> RELEASE =
            Procedure.<NicRelease>named("nic_release")
                    .sleeping("stop queue pair", 50_000, NicRelease::stop)
                    .sleeping(LOOK, 20_000, NicRelease::look)
                    .sleeping("look again", 1_000, (frame, cpu) -> Next.jump(LOOK))
                    .sleeping("flush polling", 20_000, NicRelease::flush)
                    .sleeping("free pages", 20_000, NicRelease::freePages)
                    .build();

    private static final Procedure<NicRelease> FREE =
            Procedure.<NicRelease>named("nic_free")
                    .sleeping("collect pages", 20_000, NicRelease::collect)
                    .sleeping("dma_unmap_page", 10_000, NicRelease::unmapNext)
                    .sleeping("free page", 20_000, NicRelease::freePage)
                    .sleeping("dma_free_coherent", 20_000, NicRelease::unmapRings)
                    .step("give queue pair back", 20_000, NicRelease::giveQueue)
                    .build();

    private final NicQueue queue;
    private final OpenFile file;
    private Iterator<PacketPage> pages;
    private PacketPage page;

    private NicRelease(NicQueue queue, OpenFile file) {
        this.queue = queue;
        this.file = file;
    }

    static Call<?> call(OpenFile file) {
        NicQueue queue = file.context(NicQueue.class);
        return queue == null ? Call.nothing() : new Call<>(RELEASE, new NicRelease(queue, file));
    }

    /** Takes the memory of a queue pair that is stopped. */
    static Call<?> freeing(NicQueue queue) {
        return new Call<>(FREE, new NicRelease(queue, null));
    }

    private Next stop(Cpu cpu) {
        queue.write(cpu, QueueRegister.CONTROL, QueueRegister.STOP);
        return Next.ON;
    }

    private Next look(Cpu cpu) {
        long state = queue.read(cpu, QueueRegister.CONTROL);
        if (state != QueueRegister.STOPPED && state != GONE) {
            return Next.sleep(POLL_PS);
        }
        queue.close();
        return Next.jump("flush polling");
    }

    private Next flush(Cpu cpu) {
        return Next.call(queue.flushPolling());
    }

    private Next freePages(Cpu cpu) {
        file.keep(null);
        return Next.call(freeing(queue));
    }

    private Next collect(Cpu cpu) {
        List<PacketPage> all = queue.takeAll();
        pages = all.iterator();
        return Next.ON;
    }

    private Next unmapNext(Cpu cpu) {
        if (!pages.hasNext()) {
            return Next.jump("dma_free_coherent");
        }
        page = pages.next();
        return Next.call(queue.pages().revoke(page));
    }

    private Next freePage(Cpu cpu) {
        queue.pages().give(page);
        return Next.jump("dma_unmap_page");
    }

    private Next unmapRings(Cpu cpu) {
        return queue.memory().memory().isMapped()
                ? Next.call(queue.driver().host().dma().unmap(queue.memory().memory()))
                : Next.ON;
    }

    private Next giveQueue(Cpu cpu) {
        queue.driver().giveQueue(queue);
        return Next.DONE;
    }
}
