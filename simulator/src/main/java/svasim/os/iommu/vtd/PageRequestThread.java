package svasim.os.iommu.vtd;

import svasim.cpu.Cpu;
import svasim.iommu.vtd.PageRequestEntry;
import svasim.iommu.vtd.PageRequestStatus;
import svasim.iommu.vtd.RegisterOffset;
import svasim.os.defect.Defect;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.UnitRegisters;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * prq_event_thread: empties the ring after an interrupt. The pending bit is cleared before the tail
 * is read, so that an entry that comes in between raises a new interrupt.
 */
final class PageRequestThread {
    private static final String WAIT = "wait for interrupt";
    private static final String CLEAR = "clear PPR";
    private static final String DONE = "wake drainers";

    private static final Procedure<PageRequestThread> THREAD =
            Procedure.<PageRequestThread>named("prq_event_thread")
                    .sleeping(WAIT, 100_000, PageRequestThread::awaitInterrupt)
                    .sleeping(CLEAR, 50_000, PageRequestThread::clearPending)
                    .sleeping("read head and tail", 50_000, PageRequestThread::readPointers)
                    .sleeping("report request", 200_000, PageRequestThread::reportNext)
                    .sleeping("advance head", 50_000, PageRequestThread::advanceHead)
                    .sleeping("check overflow", 50_000, PageRequestThread::checkOverflow)
                    .sleeping(DONE, 50_000, PageRequestThread::wakeDrainers)
                    .build();

    private final Unit unit;
    private final PageRequestQueue queue;
    private final UnitRegisters registers;
    private long at;
    private long tail;

    private PageRequestThread(Unit unit, PageRequestQueue queue) {
        this.unit = unit;
        this.queue = queue;
        this.registers = unit.registers();
    }

    static Call<?> call(Unit unit, PageRequestQueue queue) {
        return new Call<>(THREAD, new PageRequestThread(unit, queue));
    }

    private Next awaitInterrupt(Cpu cpu) {
        return queue.interrupt().await();
    }

    private Next clearPending(Cpu cpu) {
        if (!clearsLate()) {
            acknowledge(cpu);
        }
        return Next.ON;
    }

    private boolean clearsLate() {
        return unit.site().platform().defects().has(Defect.S47);
    }

    private void acknowledge(Cpu cpu) {
        registers.write32(cpu, RegisterOffset.PRS, PageRequestStatus.PENDING);
    }

    private Next readPointers(Cpu cpu) {
        tail = registers.read64(cpu, RegisterOffset.PQT);
        at = registers.read64(cpu, RegisterOffset.PQH);
        return Next.ON;
    }

    private Next reportNext(Cpu cpu) {
        if (at == tail) {
            return Next.ON;
        }
        PageRequestEntry entry = queue.entry(cpu, at);
        at = queue.after(at);
        return new Next.EnterAgain(report(entry));
    }

    private Call<?> report(PageRequestEntry entry) {
        PciDevice device = unit.devices().find(entry.requesterId());
        if (entry.stopMarker()) {
            return unit.faults().stopMarker(device, entry.pasid());
        }
        return device == null || PageRequestQueue.isIllegal(entry)
                ? queue.refuse(entry)
                : unit.faults().report(PageRequestQueue.request(device, entry));
    }

    private Next advanceHead(Cpu cpu) {
        registers.write64(cpu, RegisterOffset.PQH, tail);
        return Next.ON;
    }

    /** Groups that lost a request can never be completed; only an empty ring may start anew. */
    private Next checkOverflow(Cpu cpu) {
        int status = registers.read32(cpu, RegisterOffset.PRS);
        boolean overflow = (status & PageRequestStatus.OVERFLOW) != 0;
        if (!overflow) {
            return Next.ON;
        }
        boolean empty = registers.read64(cpu, RegisterOffset.PQT) == tail;
        boolean hasty = unit.site().has(Defect.S49);
        if (!empty && !hasty) {
            return Next.jump(CLEAR);
        }
        if (!hasty) {
            unit.faults().discardPartials();
        }
        registers.write32(cpu, RegisterOffset.PRS, PageRequestStatus.OVERFLOW);
        unit.faults().resume(!empty);
        return Next.ON;
    }

    private Next wakeDrainers(Cpu cpu) {
        if (clearsLate()) {
            acknowledge(cpu);
        }
        queue.interrupt().served();
        return Next.jump(WAIT);
    }
}
