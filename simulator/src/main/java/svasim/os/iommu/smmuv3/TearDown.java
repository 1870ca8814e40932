package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.ContextDescriptor;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * arm_smmu_remove_dev_pasid: the descriptor becomes invalid, and the device forgets. Linux removes
 * the unit's own translations with the last device of the address space, in {@link Forget}: without
 * a descriptor nobody can use them. The series before it (arm_smmu_mm_detach, 2020) did not wait
 * for that.
 */
final class TearDown {
    private static final Procedure<TearDown> LEAVE_TLB =
            Procedure.<TearDown>named("arm_smmu_remove_dev_pasid")
                    .step("clear context descriptor", 30_000, TearDown::clear)
                    .step("invalidate ATC", 20_000, TearDown::flushAtc)
                    .build();

    private static final Procedure<TearDown> TEAR_DOWN =
            Procedure.<TearDown>named("arm_smmu_mm_detach")
                    .step("clear context descriptor", 30_000, TearDown::clear)
                    .step("invalidate ASID", 20_000, TearDown::flushTlb)
                    .step("invalidate ATC", 20_000, TearDown::flushAtc)
                    .build();

    /** The caches without the descriptor. */
    private static final Procedure<TearDown> FLUSH =
            Procedure.<TearDown>named("arm_smmu_flush_pasid")
                    .step("invalidate context descriptor", 20_000, TearDown::flushContext)
                    .step("invalidate ASID", 20_000, TearDown::flushTlb)
                    .step("invalidate ATC", 20_000, TearDown::flushAtc)
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

    static Call<?> leavingTlb(Unit unit, PasidEntry entry) {
        return new Call<>(LEAVE_TLB, new TearDown(unit, entry));
    }

    static Call<?> flushOnly(Unit unit, PasidEntry entry) {
        return new Call<>(FLUSH, new TearDown(unit, entry));
    }

    private Next clear(Cpu cpu) {
        unit.state(entry.device()).hide(entry.pasid());
        return Next.call(Contexts.write(unit, cpu, entry, ContextDescriptor.INVALID));
    }

    private Next flushContext(Cpu cpu) {
        int streamId = entry.device().requesterId();
        Command context = Command.context(streamId, entry.pasid(), true);
        return Next.call(unit.commands().submit(List.of(context)));
    }

    private Next flushTlb(Cpu cpu) {
        Command all = Command.tlbOfAsid(unit.asids().of(entry.space()));
        return Next.call(unit.commands().submit(List.of(all)));
    }

    private Next flushAtc(Cpu cpu) {
        return Next.call(Contexts.submit(unit, Contexts.atc(unit, List.of(entry), Block.ALL)));
    }
}
