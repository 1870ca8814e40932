package svasim.os.iommu.virtio;

import svasim.cpu.Cpu;
import svasim.iommu.virtio.RegisterOffset;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** viommu_event_handler: takes note of fault reports and gives their buffers back. */
final class EventThread {
    private static final String WAIT = "wait for interrupt";

    private static final Procedure<EventThread> THREAD =
            Procedure.<EventThread>named("viommu_event_handler")
                    .sleeping(WAIT, 100_000, EventThread::awaitInterrupt)
                    .sleeping("acknowledge interrupt", 50_000, EventThread::acknowledge)
                    .sleeping("report fault", 200_000, EventThread::report)
                    .sleeping("kick", 20_000, EventThread::kick)
                    .build();

    private final Unit unit;
    private final ThreadedInterrupt interrupt;
    private long reported;

    private EventThread(Unit unit, ThreadedInterrupt interrupt) {
        this.unit = unit;
        this.interrupt = interrupt;
    }

    static Call<?> call(Unit unit, ThreadedInterrupt interrupt) {
        return new Call<>(THREAD, new EventThread(unit, interrupt));
    }

    private Next awaitInterrupt(Cpu cpu) {
        return interrupt.await();
    }

    private Next acknowledge(Cpu cpu) {
        int causes = unit.registers().read32(cpu, RegisterOffset.INTERRUPT_STATUS);
        unit.registers().write32(cpu, RegisterOffset.INTERRUPT_ACK, causes);
        return Next.ON;
    }

    private Next report(Cpu cpu) {
        if (unit.events().returned(cpu) == reported) {
            return Next.ON;
        }
        reported++;
        unit.events().add(cpu, new byte[0], Unit.REPORT_BYTES);
        return Next.AGAIN;
    }

    private Next kick(Cpu cpu) {
        unit.events().kick(cpu);
        interrupt.served();
        return Next.jump(WAIT);
    }
}
