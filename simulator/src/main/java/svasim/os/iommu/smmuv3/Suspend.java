package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * What a reset does after it has torn down a PASID: without the last one a blocked stream has no
 * use for its table of descriptors, and is aborted, translated requests included
 * (arm_smmu_blocking_set_dev_pasid attaches the blocked domain again).
 */
final class Suspend {
    private static final Procedure<Suspend> SUSPEND =
            Procedure.<Suspend>named("arm_smmu_blocking_set_dev_pasid")
                    .sleeping("disable IOPF", 50_000, Suspend::leaveFaults)
                    .sleeping("attach blocked domain again", 20_000, Suspend::setStream)
                    .sleeping("done", 0, (frame, cpu) -> Next.DONE)
                    .build();

    private final Unit unit;
    private final DeviceState state;
    private final Call<?> leaveFaults;

    private Suspend(Unit unit, PasidEntry entry) {
        this.unit = unit;
        this.state = unit.state(entry.device());
        this.leaveFaults = unit.leaveFaults(entry);
    }

    static Call<?> call(Unit unit, PasidEntry entry) {
        return new Call<>(SUSPEND, new Suspend(unit, entry));
    }

    private Next leaveFaults(Cpu cpu) {
        return Next.call(leaveFaults);
    }

    private Next setStream(Cpu cpu) {
        return state.attached().isTranslated() || state.showsPasids()
                ? Next.ON
                : Next.call(SetStream.call(unit, state));
    }
}
