package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** The process dies: its bank walks nothing any more and is silent; then the TLB. */
final class Release {
    private static final Procedure<Release> RELEASE =
            Procedure.<Release>named("arm_smmu_mm_release")
                    .step("disable table walks", 30_000, Release::quiet)
                    .step("invalidate ASID", 20_000, Release::flushTlb)
                    .build();

    private final Unit unit;
    private final SharedContext context;

    private Release(Unit unit, SharedContext context) {
        this.unit = unit;
        this.context = context;
    }

    static Call<?> call(Unit unit, SharedContext context) {
        return new Call<>(RELEASE, new Release(unit, context));
    }

    private Next quiet(Cpu cpu) {
        context.values().quiet().writeControls(cpu, unit.space(), context.bank());
        return Next.ON;
    }

    private Next flushTlb(Cpu cpu) {
        return Next.call(TlbRange.all(unit, context.bank()));
    }
}
