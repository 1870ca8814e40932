package svasim.os.iommu.amdvi;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.amdvi.Command;
import svasim.iommu.amdvi.PprEntry;
import svasim.iommu.core.PageResponse;
import svasim.os.defect.Defect;
import svasim.os.iommu.PageRequest;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;

/**
 * amd_iommu_int_thread: one interrupt for both logs. For each, the status is acknowledged first, in
 * a loop until it stays clear, because the unit may set it again while it is cleared.
 */
final class LogThread {
    private static final String WAIT = "wait for interrupt";
    private static final String PAGE_REQUESTS = "acknowledge PPR log";

    private static final Procedure<LogThread> THREAD =
            Procedure.<LogThread>named("amd_iommu_int_thread")
                    .sleeping(WAIT, 100_000, LogThread::awaitInterrupt)
                    .sleeping("poll event log", 50_000, LogThread::pollEvents)
                    .sleeping(PAGE_REQUESTS, 50_000, LogThread::acknowledge)
                    .sleeping("read PPR tail", 50_000, LogThread::readTail)
                    .sleeping("report request", 200_000, LogThread::reportNext)
                    .sleeping("restart PPR log", 50_000, LogThread::restart)
                    .build();

    private final Unit unit;
    private final ThreadedInterrupt interrupt;
    private final LogRing events;
    private final LogRing requests;

    private LogThread(Unit unit, ThreadedInterrupt interrupt) {
        this.unit = unit;
        this.interrupt = interrupt;
        this.events = unit.events();
        this.requests = unit.pageRequests();
    }

    static Call<?> call(Unit unit, ThreadedInterrupt interrupt) {
        return new Call<>(THREAD, new LogThread(unit, interrupt));
    }

    private Next awaitInterrupt(Cpu cpu) {
        return interrupt.await();
    }

    /** Events are only taken note of. */
    private Next pollEvents(Cpu cpu) {
        if (!events.takePending(cpu)) {
            return Next.ON;
        }
        events.readTail(cpu);
        while (!events.isEmpty()) {
            events.removeFirst(cpu);
        }
        if (events.hasStopped(cpu)) {
            events.restart(cpu);
        }
        return Next.AGAIN;
    }

    private Next acknowledge(Cpu cpu) {
        return requests != null && requests.takePending(cpu) ? Next.ON : Next.jump(WAIT);
    }

    private Next readTail(Cpu cpu) {
        requests.readTail(cpu);
        return Next.ON;
    }

    private Next reportNext(Cpu cpu) {
        if (requests.isEmpty()) {
            return Next.ON;
        }
        LogRing.Entry raw = requests.first(cpu);
        PprEntry entry = new PprEntry(raw.word0(), raw.word1());
        if (!entry.isThere()) {
            return Next.AGAIN;
        }
        requests.removeFirst(cpu);
        return new Next.EnterAgain(report(entry));
    }

    /** A stop marker asks for no access and wants no answer. */
    private Call<?> report(PprEntry entry) {
        PciDevice device = unit.devices().find(entry.deviceId());
        if (entry.isLast() && !entry.reads() && !entry.writes()) {
            return unit.faults().stopMarker(device, entry.pasid());
        }
        return device == null || !isUsable(device, entry)
                ? refuse(entry)
                : unit.faults().report(request(entry, device));
    }

    /** Linux refuses every request without PASID. */
    private boolean isUsable(PciDevice device, PprEntry entry) {
        boolean hypothetical = unit.site().options().hypothetical() && device.servesUntagged();
        boolean untagged = hypothetical && entry.isOfFunction();
        if (untagged) {
            unit.tookUntaggedRequest();
        }
        return untagged || entry.isOfProcess();
    }

    private static PageRequest request(PprEntry entry, PciDevice device) {
        int access = (entry.reads() ? Access.READ : 0) | (entry.writes() ? Access.WRITE : 0);
        return new PageRequest(
                device, pasid(entry), entry.address(), access, entry.groupIndex(), entry.isLast());
    }

    private static int pasid(PprEntry entry) {
        return entry.isGuest() ? entry.pasid() : PasidPrefix.NONE;
    }

    private Call<?> refuse(PprEntry entry) {
        if (!entry.isLast()) {
            return Call.nothing();
        }
        int pasid = pasid(entry);
        PageResponse refusal = PageResponse.FAILURE;
        return unit.commands()
                .post(
                        List.of(
                                Command.completePpr(
                                        entry.deviceId(), pasid, entry.groupIndex(), refusal)));
    }

    /** Groups that lost a request can never be completed. */
    private Next restart(Cpu cpu) {
        if (requests.hasStopped(cpu) && !unit.site().has(Defect.S50)) {
            unit.faults().discardPartials();
            requests.restart(cpu);
            unit.faults().resume(false);
        }
        return Next.jump(PAGE_REQUESTS);
    }
}
