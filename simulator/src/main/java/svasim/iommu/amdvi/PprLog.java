package svasim.iommu.amdvi;

import svasim.iommu.core.PageRequestBacklog;
import svasim.iommu.core.Surroundings;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Counter;
import svasim.trace.Kind;

/** The PPR log (7): page requests for software, with its overflow and the warning before it. */
final class PprLog {
    private final Log log;
    private final AutoResponse automatic;
    private final Status status;
    private final Interrupts interrupts;
    private final Surroundings around;
    private final Counter queued;
    private final Counter lost;

    PprLog(
            Log log,
            AutoResponse automatic,
            Status status,
            Interrupts interrupts,
            Surroundings around) {
        this.log = log;
        this.automatic = automatic;
        this.status = status;
        this.interrupts = interrupts;
        this.around = around;
        String name = around.name() + ".pprlog.";
        queued = around.statistics().counter(name + "queued", "page requests written");
        lost = around.statistics().counter(name + "lost", "page requests without room");
    }

    /** What the unit answers by itself, and when it warns. */
    AutoResponse automatic() {
        return automatic;
    }

    PageRequestBacklog backlog() {
        return new PageRequestBacklog(log.ring().size(), log.stopped());
    }

    /**
     * Writes a request.
     *
     * @return false if it was lost
     */
    boolean append(Tlp.PageRequest request) {
        boolean wasRunning = log.running();
        if (!log.append(PprEntry.word0(request), PprEntry.word1(request))) {
            lost.increment();
            tell(Kind.PAGE_REQUEST_LOST, request);
            if (wasRunning) {
                interrupts.raise(Interrupts.Cause.PPR);
            }
            return false;
        }
        queued.increment();
        tell(Kind.PAGE_REQUEST_QUEUED, request);
        status.raise(StatusBit.PPR_INT, Interrupts.Cause.PPR);
        warn();
        return true;
    }

    private void tell(Kind kind, Tlp.PageRequest request) {
        around.trace()
                .tell(
                        kind,
                        around.lane(),
                        PasidPrefix.number(request.pasid()),
                        request.pageAddress(),
                        request.prgIndex(),
                        request);
    }

    private void warn() {
        boolean early = automatic.warnsAt(log.ring().size());
        if (early && status.set(StatusBit.PPR_OVERFLOW_EARLY) && automatic.warningInterrupts()) {
            interrupts.raise(Interrupts.Cause.PPR);
        }
    }
}
