package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * arm_smmu_evtq_thread and arm_smmu_priq_thread: empty a queue after an interrupt, one entry after
 * the other, then acknowledge an overflow.
 */
final class QueueThread {
    private static final String WAIT = "wait for interrupt";
    private static final String READ = "read PROD";

    private static final Procedure<QueueThread> EVENTS = named("arm_smmu_evtq_thread");
    private static final Procedure<QueueThread> PAGE_REQUESTS = named("arm_smmu_priq_thread");

    private final OutputRing ring;
    private final ThreadedInterrupt interrupt;
    private final Reader reader;

    /** What is to be done with the entries. */
    interface Reader {
        Call<?> report(long[] entry);

        /** Entries were lost, and the unit is about to be told that it may go on. */
        void lost();
    }

    private QueueThread(OutputRing ring, ThreadedInterrupt interrupt, Reader reader) {
        this.ring = ring;
        this.interrupt = interrupt;
        this.reader = reader;
    }

    private static Procedure<QueueThread> named(String name) {
        return Procedure.<QueueThread>named(name)
                .sleeping(WAIT, 100_000, QueueThread::awaitInterrupt)
                .sleeping(READ, 50_000, QueueThread::readProducer)
                .sleeping("report entry", 200_000, QueueThread::reportNext)
                .sleeping("read PROD again", 50_000, QueueThread::readAgain)
                .sleeping("acknowledge overflow", 50_000, QueueThread::acknowledgeOverflow)
                .build();
    }

    static Call<?> ofEvents(OutputRing ring, ThreadedInterrupt interrupt, Reader reader) {
        return new Call<>(EVENTS, new QueueThread(ring, interrupt, reader));
    }

    static Call<?> ofPageRequests(OutputRing ring, ThreadedInterrupt interrupt, Reader reader) {
        return new Call<>(PAGE_REQUESTS, new QueueThread(ring, interrupt, reader));
    }

    private Next awaitInterrupt(Cpu cpu) {
        return interrupt.await();
    }

    private Next readProducer(Cpu cpu) {
        ring.readProducer(cpu);
        return Next.ON;
    }

    private Next reportNext(Cpu cpu) {
        if (ring.isEmpty()) {
            return Next.ON;
        }
        Call<?> report = reader.report(ring.first(cpu));
        ring.removeFirst(cpu);
        return new Next.EnterAgain(report);
    }

    private Next readAgain(Cpu cpu) {
        ring.readProducer(cpu);
        return ring.isEmpty() ? Next.ON : Next.jump(READ);
    }

    private Next acknowledgeOverflow(Cpu cpu) {
        if (ring.hasOverflown()) {
            reader.lost();
            ring.acknowledgeOverflow(cpu);
        }
        interrupt.served();
        return Next.jump(WAIT);
    }
}
