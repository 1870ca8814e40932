package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.smmuv3.Command;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * arm_smmu_attach_dev with the domain of the DMA API, the identity or the blocked one: context
 * descriptor 0 and the stream table entry; when the descriptor is no longer in use, it goes last.
 */
final class Attach {
    private static final Procedure<Attach> ATTACH =
            Procedure.<Attach>named("arm_smmu_attach_dev")
                    .sleeping("write context descriptor 0", 80_000, Attach::writeContext)
                    .sleeping("install stream table entry", 50_000, Attach::setStream)
                    .sleeping("clear context descriptor 0", 20_000, Attach::clearContext)
                    .sleeping("invalidate TLB of old domain", 20_000, Attach::flushTlb)
                    .build();

    private final Unit unit;
    private final DeviceState state;
    private final DomainType type;
    private final boolean wasTranslated;

    private Attach(Unit unit, PciDevice device, DomainType type) {
        this.unit = unit;
        this.state = unit.state(device);
        this.type = type;
        this.wasTranslated = state.attached().isTranslated();
    }

    static Call<?> call(Unit unit, PciDevice device, DomainType type) {
        return new Call<>(ATTACH, new Attach(unit, device, type));
    }

    private Next writeContext(Cpu cpu) {
        boolean needed = state.usesContexts() && type.isTranslated();
        return needed ? Next.call(Contexts.writeDma(unit, cpu, state)) : Next.ON;
    }

    private Next setStream(Cpu cpu) {
        state.attached(type);
        return Next.call(SetStream.call(unit, state));
    }

    private Next clearContext(Cpu cpu) {
        boolean unused = state.usesContexts() && wasTranslated && !type.isTranslated();
        return unused ? Next.call(Contexts.clearDma(unit, cpu, state)) : Next.ON;
    }

    private Next flushTlb(Cpu cpu) {
        if (!wasTranslated) {
            return Next.DONE;
        }
        DmaDomain domain = state.domain();
        Command all =
                state.usesContexts()
                        ? Command.tlbOfAsid(domain.id())
                        : Command.tlbOfVmid(domain.id());
        return Next.call(unit.commands().submit(List.of(all)));
    }
}
