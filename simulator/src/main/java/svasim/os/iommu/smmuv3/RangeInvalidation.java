package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.IdField;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * arm_smmu_mm_arch_invalidate_secondary_tlbs: the unit's TLB first, and only when that is done the
 * caches of the devices, which could be filled again from it.
 */
final class RangeInvalidation {
    private static final int BATCH = 64;

    private static final Procedure<RangeInvalidation> INVALIDATE =
            Procedure.<RangeInvalidation>named("arm_smmu_mm_arch_invalidate_secondary_tlbs")
                    .step("collect commands", 80_000, RangeInvalidation::collect)
                    .step("TLBI", 10_000, RangeInvalidation::flushTlb)
                    .step("ATC_INV", 10_000, RangeInvalidation::flushAtc)
                    .build();

    private final Unit unit;
    private final List<PasidEntry> entries;
    private final long start;
    private final long end;
    private final Defects defects;
    private List<Command> commands;
    private int issued;

    private RangeInvalidation(Unit unit, List<PasidEntry> entries, long start, long end) {
        this.unit = unit;
        this.entries = entries;
        this.start = start;
        this.end = end;
        this.defects = unit.site().platform().defects();
    }

    static Call<?> call(Unit unit, List<PasidEntry> entries, long start, long end) {
        return new Call<>(INVALIDATE, new RangeInvalidation(unit, entries, start, end));
    }

    private Next collect(Cpu cpu) {
        if (entries.isEmpty() || end == -1L && defects.has(Defect.S31)) {
            return Next.DONE;
        }
        int asid = unit.asids().of(entries.get(0).space());
        commands = commands(asid);
        return Next.ON;
    }

    private List<Command> commands(int asid) {
        if (defects.has(Defect.S29)) {
            return List.of(Command.tlbOfEl2());
        }
        return defects.has(Defect.S44)
                ? TlbRange.single(asid, start, end)
                : TlbRange.of(asid, start, end, unit.features().has(IdField.RIL));
    }

    /** Only the last batch is waited for. */
    private Next flushTlb(Cpu cpu) {
        int last = Math.min(issued + BATCH, commands.size());
        List<Command> batch = List.copyOf(commands.subList(issued, last));
        issued = last;
        return issued < commands.size()
                ? new Next.EnterAgain(unit.commands().post(batch))
                : Next.call(issue(batch));
    }

    private Next flushAtc(Cpu cpu) {
        List<Command> atc = Contexts.atc(unit, entries, unit.site().block(start, end));
        return atc.isEmpty() ? Next.DONE : Next.call(issue(atc));
    }

    private Call<?> issue(List<Command> batch) {
        return defects.has(Defect.I_01)
                ? unit.commands().submitWithoutWaiting(batch)
                : unit.commands().submit(batch);
    }
}
