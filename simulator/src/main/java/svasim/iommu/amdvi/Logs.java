package svasim.iommu.amdvi;

import java.util.List;
import java.util.function.BooleanSupplier;
import svasim.iommu.core.QueueView;
import svasim.iommu.core.RegisterBlock;
import svasim.iommu.core.Surroundings;
import svasim.pcie.tlp.PasidPrefix;

/** What the unit tells software: both logs, the status register and the interrupts. */
final class Logs {
    private final Control control;
    private final Interrupts interrupts;
    private final Status status;
    private final Log eventLog;
    private final Log pprLog;
    private final AutoResponse automatic;
    private final Events events;
    private final PprLog pageRequests;

    Logs(Control control, Features features, Surroundings around) {
        this.control = control;
        interrupts = new Interrupts(control, around);
        status = new Status(interrupts);
        eventLog = new Log(around.memory(), status, StatusBit.EVENT_OVERFLOW);
        pprLog = new Log(around.memory(), status, StatusBit.PPR_OVERFLOW);
        automatic = new AutoResponse(features);
        events = new Events(eventLog, status, interrupts, around);
        pageRequests = new PprLog(pprLog, automatic, status, interrupts, around);
    }

    /** Takes what tells whether commands are carried out. */
    void connect(BooleanSupplier commandsRun) {
        status.connect(eventLog::running, commandsRun, pprLog::running);
    }

    /** Software has written the control register. */
    void controlChanged() {
        eventLog.enable(control.eventLogEnabled());
        pprLog.enable(control.pprLogEnabled());
    }

    Status status() {
        return status;
    }

    Events events() {
        return events;
    }

    QueueView pageRequestView() {
        return new QueueView(
                "PPR log",
                pprLog.ring(),
                words -> {
                    PprEntry entry = new PprEntry(words[0], words[1]);
                    return QueueView.pageRequest(
                            entry.isGuest() ? entry.pasid() : PasidPrefix.NONE,
                            entry.address(),
                            entry.groupIndex());
                });
    }

    QueueView eventView() {
        return new QueueView("event log", eventLog.ring(), Event::inWords);
    }

    PprLog pageRequests() {
        return pageRequests;
    }

    List<RegisterBlock> blocks() {
        return List.of(
                interrupts,
                status,
                automatic,
                RingRegisters.ofEvents(eventLog),
                RingRegisters.ofPageRequests(pprLog));
    }
}
