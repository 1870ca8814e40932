package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * Hypothetical, since Linux has nothing to drain: waits until the PRI queue holds no request of the
 * PASID and the workers have handled all that were reported. Stalled transactions need no drain,
 * because a device cannot say that it has stopped while it waits for one.
 */
final class Drain {
    private static final Procedure<Drain> DRAIN =
            Procedure.<Drain>named("arm_smmu_flush_priq")
                    .sleeping("scan queue", 150_000, Drain::scan)
                    .sleeping("flush fault workers", 50_000, Drain::flushWorkers)
                    .sleeping("scan queue again", 150_000, Drain::check)
                    .build();

    private final Unit unit;
    private final PasidEntry entry;

    private Drain(Unit unit, PasidEntry entry) {
        this.unit = unit;
        this.entry = entry;
    }

    static Call<?> call(Unit unit, PasidEntry entry) {
        return entry.device().features().priEnabled()
                ? new Call<>(DRAIN, new Drain(unit, entry))
                : Call.nothing();
    }

    private Next scan(Cpu cpu) {
        unit.faults().drainRound(entry.device(), entry.requestPasid());
        return holds(cpu) ? unit.pageRequestReader().interrupt().awaitServed() : Next.ON;
    }

    private Next flushWorkers(Cpu cpu) {
        return Next.call(unit.faults().flush(entry.pasid()));
    }

    private Next check(Cpu cpu) {
        return holds(cpu) ? Next.jump("scan queue") : Next.DONE;
    }

    private boolean holds(Cpu cpu) {
        return unit.pageRequestReader().holds(cpu, entry.device(), entry.requestPasid());
    }
}
