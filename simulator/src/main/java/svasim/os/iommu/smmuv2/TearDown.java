package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Takes a device away from a process: its stream goes back to the default domain. */
final class TearDown {
    private static final Procedure<TearDown> TEAR_DOWN =
            Procedure.<TearDown>named("arm_smmu_sva_detach_dev")
                    .step("write S2CR", 30_000, TearDown::detach)
                    .step("invalidate ASID", 20_000, TearDown::flushTlb)
                    .build();

    private static final Procedure<TearDown> ERASE =
            Procedure.<TearDown>named("arm_smmu_sva_detach_dev")
                    .step("write S2CR", 30_000, TearDown::detach)
                    .build();

    private final Unit unit;
    private final PasidEntry entry;

    private TearDown(Unit unit, PasidEntry entry) {
        this.unit = unit;
        this.entry = entry;
    }

    static Call<?> call(Unit unit, PasidEntry entry) {
        return new Call<>(TEAR_DOWN, new TearDown(unit, entry));
    }

    /** Leaves the TLB as it is. */
    static Call<?> withoutFlush(Unit unit, PasidEntry entry) {
        return new Call<>(ERASE, new TearDown(unit, entry));
    }

    private Next detach(Cpu cpu) {
        DeviceState state = unit.state(entry.device());
        state.shared(false);
        unit.showStream(cpu, state);
        return Next.ON;
    }

    private Next flushTlb(Cpu cpu) {
        return Next.call(TlbRange.all(unit, unit.process(entry.space()).bank()));
    }
}
