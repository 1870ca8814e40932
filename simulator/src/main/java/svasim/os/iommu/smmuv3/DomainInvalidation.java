package svasim.os.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.IdField;
import svasim.os.iommu.IommuGroup;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.pcie.tlp.PasidPrefix;

/** Removes a block of a domain of the DMA API: the unit's TLB first, then that of each device. */
final class DomainInvalidation {
    /** So many commands for single pages fit into the queue at once. */
    private static final int LARGEST_SINGLE_ORDER = 6;

    private static final Procedure<DomainInvalidation> INVALIDATE =
            Procedure.<DomainInvalidation>named("arm_smmu_tlb_inv_range_domain")
                    .step("TLBI", 60_000, DomainInvalidation::flushTlb)
                    .step("ATC_INV", 20_000, DomainInvalidation::flushAtc)
                    .build();

    private final Unit unit;
    private final IommuGroup group;
    private final Block block;

    private DomainInvalidation(Unit unit, IommuGroup group, Block block) {
        this.unit = unit;
        this.group = group;
        this.block = block;
    }

    static Call<?> call(Unit unit, IommuGroup group, Block block) {
        return new Call<>(INVALIDATE, new DomainInvalidation(unit, group, block));
    }

    private Next flushTlb(Cpu cpu) {
        return Next.call(unit.commands().submit(commands()));
    }

    private List<Command> commands() {
        int id = unit.state(group.devices().get(0)).domain().id();
        if (!unit.features().has(IdField.S1P)) {
            return List.of(Command.tlbOfVmid(id));
        }
        boolean ranges = unit.features().has(IdField.RIL);
        boolean all = block.isAll() || !ranges && block.order() > LARGEST_SINGLE_ORDER;
        long end = all ? -1 : block.end();
        return TlbRange.of(id, block.start(), end, ranges);
    }

    private Next flushAtc(Cpu cpu) {
        List<Command> commands = new ArrayList<>();
        for (PciDevice device : group.devices()) {
            DeviceState state = unit.state(device);
            if (state != null && state.hasAtc()) {
                commands.add(Command.atc(state.streamId(), PasidPrefix.NONE, block));
            }
        }
        return Next.call(Contexts.submit(unit, commands));
    }
}
