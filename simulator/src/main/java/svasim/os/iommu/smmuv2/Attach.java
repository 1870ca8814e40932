package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** arm_smmu_attach_dev: the stream is translated by the default domain's bank, passes or faults. */
final class Attach {
    private static final Procedure<Attach> ATTACH =
            Procedure.<Attach>named("arm_smmu_attach_dev")
                    .sleeping("write S2CR", 50_000, Attach::setStream)
                    .sleeping("invalidate TLB of default domain", 20_000, Attach::flushTlb)
                    .build();

    private static final Procedure<Attach> RELEASE =
            Procedure.<Attach>named("arm_smmu_release_device")
                    .sleeping("clear SMR", 50_000, Attach::removeStream)
                    .build();

    private final Unit unit;
    private final DeviceState state;
    private final DomainType type;

    private Attach(Unit unit, PciDevice device, DomainType type) {
        this.unit = unit;
        this.state = unit.state(device);
        this.type = type;
    }

    static Call<?> call(Unit unit, PciDevice device, DomainType type) {
        return new Call<>(ATTACH, new Attach(unit, device, type));
    }

    /** Gives the stream mapping group of a blocked device back. */
    static Call<?> release(Unit unit, PciDevice device) {
        return new Call<>(RELEASE, new Attach(unit, device, DomainType.BLOCKED));
    }

    private Next setStream(Cpu cpu) {
        state.attached(type);
        unit.showStream(cpu, state);
        return Next.ON;
    }

    private Next flushTlb(Cpu cpu) {
        ContextBank bank = unit.bank(state.device().group());
        return bank == null ? Next.DONE : Next.call(TlbRange.all(unit, bank));
    }

    private Next removeStream(Cpu cpu) {
        if (state.isMapped()) {
            unit.streams().remove(cpu, state);
        }
        return Next.DONE;
    }
}
