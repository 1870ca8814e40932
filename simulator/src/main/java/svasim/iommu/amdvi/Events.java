package svasim.iommu.amdvi;

import svasim.iommu.core.Surroundings;
import svasim.stats.Counter;
import svasim.trace.Kind;

/** The event log (6): which events are written, and which are lost. */
final class Events {
    private final Log log;
    private final Status status;
    private final Interrupts interrupts;
    private final Surroundings around;
    private final Counter recorded;
    private final Counter lost;

    Events(Log log, Status status, Interrupts interrupts, Surroundings around) {
        this.log = log;
        this.status = status;
        this.interrupts = interrupts;
        this.around = around;
        String name = around.name() + ".eventlog.";
        recorded = around.statistics().counter(name + "recorded", "events written");
        lost = around.statistics().counter(name + "lost", "events without room in the log");
    }

    /** Records an event, or loses it. */
    void record(EventRecord event) {
        boolean wasRunning = log.running();
        if (log.append(event.w0(), event.w1())) {
            recorded.increment();
            around.trace()
                    .tell(
                            Kind.FAULT_RECORDED,
                            around.lane(),
                            event.event().code(),
                            event.deviceId(),
                            event.w1());
            status.raise(StatusBit.EVENT_LOG_INT, Interrupts.Cause.EVENT);
            return;
        }
        lost.increment();
        if (wasRunning) {
            interrupts.raise(Interrupts.Cause.EVENT);
        }
    }
}
