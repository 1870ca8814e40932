package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.smmuv3.Command;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * The rest of arm_smmu_remove_dev_pasid: the device's faults end with its last PASID, and the ASID
 * with the last device of the address space.
 */
final class Forget {
    private static final Procedure<Forget> FORGET =
            Procedure.<Forget>named("arm_smmu_remove_master_domain")
                    .sleeping("disable IOPF", 50_000, Forget::removeFaults)
                    .sleeping("update invalidation array", 150_000, Forget::removeTag)
                    .sleeping("free ASID", 80_000, Forget::freeAsid)
                    .build();

    private final Unit unit;
    private final PasidEntry entry;
    private final DeviceState state;
    private boolean streamSet;

    private Forget(Unit unit, PasidEntry entry) {
        this.unit = unit;
        this.entry = entry;
        this.state = unit.state(entry.device());
    }

    static Call<?> call(Unit unit, PasidEntry entry) {
        return new Call<>(FORGET, new Forget(unit, entry));
    }

    private Next removeFaults(Cpu cpu) {
        state.removePasid(entry.pasid());
        return Next.call(unit.leaveFaults(entry));
    }

    /** Without any PASID the stream needs no table of descriptors for them. */
    private Next removeTag(Cpu cpu) {
        if (!state.attached().isTranslated() && !state.showsPasids() && !streamSet) {
            streamSet = true;
            return new Next.EnterAgain(SetStream.call(unit, state));
        }
        if (!unit.asids().drop(entry.space())) {
            return Next.DONE;
        }
        Command all = Command.tlbOfAsid(unit.asids().of(entry.space()));
        return Next.call(unit.commands().submit(List.of(all)));
    }

    private Next freeAsid(Cpu cpu) {
        unit.asids().free(entry.space());
        return Next.DONE;
    }
}
