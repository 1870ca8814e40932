package svasim.models.nic.rdma.verbs;

import svasim.cpu.Cpu;
import svasim.device.DeviceTable;
import svasim.device.MirrorFill;
import svasim.device.MirroredTable;
import svasim.models.nic.rdma.layout.Command;
import svasim.models.nic.rdma.layout.FaultEvent;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/**
 * Handles one page fault of the card: the pages of the packet first, so that the queue goes on; and
 * then those of the rest of the message.
 */
final class FaultWork {
    private static final String RESUME = "mlx5_ib_page_fault_resume";

    private static final Procedure<FaultWork> HANDLE =
            Procedure.<FaultWork>named("mlx5_ib_pfault")
                    .sleeping("find region", 200_000, FaultWork::find)
                    .sleeping("pagefault_mr", 100_000, FaultWork::fill)
                    .sleeping(RESUME, 300_000, FaultWork::resume)
                    .sleeping("prefetch", 100_000, FaultWork::prefetch)
                    .build();

    private final RdmaDriver driver;
    private final FaultEvent event;
    private final long sincePs;
    private final Node node;
    private MemoryRegion region;
    private MirrorFill fill;

    private FaultWork(RdmaDriver driver, FaultEvent event, long sincePs) {
        this.driver = driver;
        this.event = event;
        this.sincePs = sincePs;
        node = driver.host().platform().references().node(driver.name() + " fault worker");
    }

    /**
     * @param sincePs when the driver has read the event
     */
    static Call<?> call(RdmaDriver driver, FaultEvent event, long sincePs) {
        return new Call<>(HANDLE, new FaultWork(driver, event, sincePs));
    }

    /** The key may be gone since. */
    private Next find(Cpu cpu) {
        region = driver.region(event.key());
        boolean good = region != null && region.contains(event.address(), event.packetBytes());
        return good ? Next.ON : Next.jump(RESUME);
    }

    private Next fill(Cpu cpu) {
        fill = filling(event.address(), event.packetBytes());
        return Next.call(fill.call());
    }

    private Next resume(Cpu cpu) {
        boolean error = fill == null || !fill.isComplete();
        long ticket = driver.commands().post(cpu, Command.resume(event.token(), error));
        if (ticket == MirroredTable.BUSY) {
            return Next.AGAIN;
        }
        driver.statistics().handled(cpu.nowPs() - sincePs, error);
        return error ? Next.DONE : Next.ON;
    }

    /** Nobody waits for these; the first that cannot be had ends it. */
    private Next prefetch(Cpu cpu) {
        long from = RdmaContext.page(event.address() + event.packetBytes() - 1) + DeviceTable.PAGE;
        long left = event.address() + event.left() - from;
        long bytes = Math.min(left, driver.onDemand().advise().bytes());
        if (bytes <= 0 || !region.contains(from, bytes) || driver.region(region.key()) == null) {
            return Next.DONE;
        }
        driver.statistics().advised(bytes);
        return Next.call(filling(from, bytes).call());
    }

    private MirrorFill filling(long address, long bytes) {
        boolean write = event.cause() == FaultEvent.Cause.RDMA;
        return new MirrorFill(region.context().mirror(), node, address, bytes, write);
    }
}
