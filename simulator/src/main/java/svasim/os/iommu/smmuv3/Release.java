package svasim.os.iommu.smmuv3;

import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.ContextDescriptor;
import svasim.os.defect.Defect;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * arm_smmu_mm_release: the descriptor of each device becomes quiet, so that accesses abort without
 * events, which an invalid one would make; then the caches of all at once.
 */
final class Release {
    private static final Procedure<Release> RELEASE =
            Procedure.<Release>named("arm_smmu_mm_release")
                    .step("write quiet context descriptor", 30_000, Release::quietNext)
                    .step("invalidate ASID", 20_000, Release::flushTlb)
                    .step("invalidate ATC", 20_000, Release::flushAtc)
                    .build();

    private final Unit unit;
    private final List<PasidEntry> entries;
    private final Iterator<PasidEntry> next;
    private final int asid;

    private Release(Unit unit, List<PasidEntry> entries) {
        this.unit = unit;
        this.entries = entries;
        this.next = entries.iterator();
        this.asid = unit.asids().of(entries.get(0).space());
    }

    static Call<?> call(Unit unit, List<PasidEntry> entries) {
        return new Call<>(RELEASE, new Release(unit, entries));
    }

    private Next quietNext(Cpu cpu) {
        if (!next.hasNext()) {
            return Next.ON;
        }
        ContextDescriptor quiet = ContextDescriptor.quiet(asid, unit.features().stallsAlways());
        ContextDescriptor wanted = unit.site().has(Defect.S56) ? quiet.reporting() : quiet;
        return new Next.EnterAgain(Contexts.write(unit, cpu, next.next(), wanted));
    }

    private Next flushTlb(Cpu cpu) {
        return Next.call(unit.commands().submit(List.of(Command.tlbOfAsid(asid))));
    }

    private Next flushAtc(Cpu cpu) {
        return Next.call(Contexts.submit(unit, Contexts.atc(unit, entries, Block.ALL)));
    }
}
