package svasim.models.nic.rdma.verbs;

import svasim.cpu.Cpu;
import svasim.device.Words;
import svasim.models.nic.rdma.layout.FaultEvent;
import svasim.os.iommu.DmaBuffer;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** The event queue as the driver has it; each event becomes work of its own. */
final class EventQueue {
    /** A queue of messages has two events outstanding at most, and there are 64 queues. */
    static final int ENTRIES = 256;

    private static final int PAGE_SHIFT = 12;

    private static final Procedure<EventQueue> POLL =
            Procedure.<EventQueue>named("mlx5_ib_eq_pf_action")
                    .sleeping("read event", 60_000, EventQueue::readNext)
                    .build();

    private final RdmaDriver driver;
    private final DmaBuffer memory;
    private long head;

    EventQueue(RdmaDriver driver) {
        this.driver = driver;
        long bytes = (long) ENTRIES * FaultEvent.BYTES;
        memory = new DmaBuffer(driver.host().device(), bytes, PAGE_SHIFT);
    }

    DmaBuffer memory() {
        return memory;
    }

    /** No event is new. */
    void clear(Cpu cpu) {
        head = 0;
        for (long at = 0; at < memory.bytes(); at += Long.BYTES) {
            cpu.store(memory.physical(at), 0);
        }
    }

    /** Every message brings one more look. */
    void interrupt(long nowPs) {
        driver.faults().add(new Call<>(POLL, this));
    }

    private Next readNext(Cpu cpu) {
        long at = head % ENTRIES * FaultEvent.BYTES;
        byte[] bytes = new byte[FaultEvent.BYTES];
        for (int offset = 0; offset < bytes.length; offset += Long.BYTES) {
            long word = cpu.load(memory.physical(at + offset));
            Words.put(bytes, offset, Long.BYTES, word);
        }
        FaultEvent event = FaultEvent.of(bytes);
        if (event.phase() != (head / ENTRIES % 2 == 0)) {
            return Next.DONE;
        }
        head++;
        driver.faults().add(FaultWork.call(driver, event, cpu.nowPs()));
        return Next.AGAIN;
    }
}
