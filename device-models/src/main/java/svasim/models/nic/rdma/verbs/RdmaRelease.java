package svasim.models.nic.rdma.verbs;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.device.MirroredTable;
import svasim.models.nic.rdma.layout.Command;
import svasim.models.nic.rdma.layout.MessageRegister;
import svasim.os.file.OpenFile;
import svasim.os.iommu.DmaBuffer;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.units.Picoseconds;

/**
 * Stops the queue, waits for page faults that are handled, ends the regions, and only then gives
 * the pages back.
 */
final class RdmaRelease {
    /** All ones: nobody has answered the read. */
    private static final long GONE = -1;

    private static final long POLL_PS = Picoseconds.PER_MICROSECOND;
    private static final String LOOK = "look whether stopped";
    private static final String DEREGISTER = "ib_dereg_mr";
    private static final String UNREGISTER = "mmu_interval_notifier_remove";

    private static final Procedure<RdmaRelease> RELEASE =
            Procedure.<RdmaRelease>named("rdma_release")
                    .sleeping("stop queue", 50_000, RdmaRelease::stop)
                    .sleeping(LOOK, 20_000, RdmaRelease::look)
                    .sleeping("look again", 1_000, (frame, cpu) -> Next.jump(LOOK))
                    .sleeping("flush page faults", 20_000, RdmaRelease::flush)
                    .sleeping(DEREGISTER, 100_000, RdmaRelease::destroy)
                    .sleeping("wait for card", 20_000, RdmaRelease::await)
                    .sleeping(UNREGISTER, 50_000, RdmaRelease::endMirror)
                    .sleeping("dma_free_coherent", 50_000, RdmaRelease::free)
                    .step("give queue back", 20_000, RdmaRelease::giveQueue)
                    .build();

    private final OpenFile file;
    private final RdmaContext context;
    private final List<DmaBuffer> memory = new ArrayList<>();
    private long ticket;

    private RdmaRelease(OpenFile file, RdmaContext context) {
        this.file = file;
        this.context = context;
        memory.add(context.rings());
    }

    static Call<?> call(OpenFile file) {
        RdmaContext context = file.context(RdmaContext.class);
        return context == null
                ? Call.nothing()
                : new Call<>(RELEASE, new RdmaRelease(file, context));
    }

    private Next stop(Cpu cpu) {
        context.write(cpu, MessageRegister.CONTROL, MessageRegister.STOP);
        return Next.ON;
    }

    private Next look(Cpu cpu) {
        long state = context.read(cpu, MessageRegister.CONTROL);
        boolean stopped = state == MessageRegister.STOPPED || state == GONE;
        return stopped ? Next.jump("flush page faults") : Next.sleep(POLL_PS);
    }

    private Next flush(Cpu cpu) {
        return Next.call(context.driver().faults().flush());
    }

    /** One region after the other; from now on page faults find no key. */
    private Next destroy(Cpu cpu) {
        if (context.regions().isEmpty()) {
            return Next.jump(UNREGISTER);
        }
        MemoryRegion region = context.regions().get(0);
        ticket = context.driver().commands().post(cpu, Command.destroy(region.key()));
        if (ticket == MirroredTable.BUSY) {
            return Next.AGAIN;
        }
        if (region.table() != null) {
            memory.add(region.table());
        }
        context.driver().remove(region);
        return Next.ON;
    }

    private Next await(Cpu cpu) {
        boolean over = context.driver().commands().isOver(cpu, ticket);
        return over ? Next.jump(DEREGISTER) : Next.AGAIN;
    }

    private Next endMirror(Cpu cpu) {
        return Next.call(context.mirror().end());
    }

    private Next free(Cpu cpu) {
        if (memory.isEmpty()) {
            return Next.ON;
        }
        DmaBuffer next = memory.remove(0);
        return new Next.EnterAgain(context.driver().host().dma().unmap(next));
    }

    private Next giveQueue(Cpu cpu) {
        file.keep(null);
        context.driver().giveQueue(context.queue());
        return Next.DONE;
    }
}
