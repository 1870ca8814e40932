package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.Block;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.DmaDomains;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.pcie.tlp.PasidPrefix;

/** Domains of the DMA API on an SMMUv3: the unit's TLB first, then the device. */
record DomainInvalidation(Unit unit) implements DmaDomains {
    /** So many commands for single pages fit into the queue at once. */
    private static final int LARGEST_SINGLE_ORDER = 6;

    private static final Procedure<Pass> INVALIDATE =
            Procedure.<Pass>named("arm_smmu_tlb_inv_range_domain")
                    .step("TLBI", 60_000, Pass::flushTlb)
                    .step("ATC_INV", 20_000, Pass::flushAtc)
                    .build();

    private record Pass(Unit unit, DeviceState state, Block block) {
        Next flushTlb(Cpu cpu) {
            return Next.call(unit.commands().submit(commands()));
        }

        private List<Command> commands() {
            int id = state.domain().id();
            if (!unit.capabilities().stage1()) {
                return List.of(Command.tlbOfVmid(id));
            }
            boolean ranges = unit.capabilities().rangeInvalidation();
            boolean all = block.isAll() || !ranges && block.order() > LARGEST_SINGLE_ORDER;
            long end = all ? -1 : block.end();
            return TlbRange.of(id, block.start(), end, ranges);
        }

        Next flushAtc(Cpu cpu) {
            if (!state.hasAtc()) {
                return Next.DONE;
            }
            Command atc = Command.atc(state.streamId(), PasidPrefix.NONE, block);
            return Next.call(unit.commands().submit(List.of(atc)));
        }
    }

    @Override
    public DmaDomain domain(PciDevice device) {
        return unit.state(device).domain();
    }

    @Override
    public Call<?> invalidate(PciDevice device, Block block) {
        return new Call<>(INVALIDATE, new Pass(unit, unit.state(device), block));
    }
}
