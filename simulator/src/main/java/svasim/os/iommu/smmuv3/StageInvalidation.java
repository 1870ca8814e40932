package svasim.os.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.smmuv3.Command;
import svasim.os.defect.Defect;
import svasim.os.iommu.SecondStage;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.pcie.tlp.PasidPrefix;

/**
 * Removes a block of intermediate addresses (arm_smmu_tlb_inv_range_domain of a nesting parent):
 * stage 2, then everything of the VMID in stage 1, which combines both; then everything in the
 * devices, which hold guest-virtual addresses.
 */
final class StageInvalidation {
    /** So many commands for single pages fit into the queue at once. */
    private static final int LARGEST_SINGLE_ORDER = 6;

    private static final Procedure<StageInvalidation> INVALIDATE =
            Procedure.<StageInvalidation>named("arm_smmu_tlb_inv_nest_parent")
                    .step("TLBI", 60_000, StageInvalidation::flushTlb)
                    .step("ATC_INV", 20_000, StageInvalidation::flushAtc)
                    .build();

    private final Unit unit;
    private final SecondStage stage;
    private final Block block;

    private StageInvalidation(Unit unit, SecondStage stage, Block block) {
        this.unit = unit;
        this.stage = stage;
        this.block = block;
    }

    static Call<?> call(Unit unit, SecondStage stage, Block block) {
        return new Call<>(INVALIDATE, new StageInvalidation(unit, stage, block));
    }

    private Next flushTlb(Cpu cpu) {
        List<Command> commands = new ArrayList<>();
        for (int vmid : unit.guestTags().of(stage)) {
            if (block.order() > LARGEST_SINGLE_ORDER) {
                commands.add(Command.tlbOfVmid(vmid));
            } else {
                addPages(commands, vmid);
                commands.add(Command.tlbOfGuest(vmid));
            }
        }
        return Next.call(Contexts.submit(unit, commands));
    }

    private void addPages(List<Command> commands, int vmid) {
        for (long page = block.start(); page < block.end(); page += Block.PAGE_BYTES) {
            commands.add(Command.tlbOfIntermediatePage(vmid, page));
        }
    }

    private Next flushAtc(Cpu cpu) {
        Block ofDevices = unit.site().has(Defect.S71) ? block : Block.ALL;
        List<Command> commands = new ArrayList<>();
        for (DeviceState state : unit.devices().states()) {
            if (state.stage() == stage && state.hasAtc()) {
                commands.add(Command.atc(state.streamId(), PasidPrefix.NONE, ofDevices));
                for (int pasid : state.nested(stage)) {
                    commands.add(Command.atc(state.streamId(), pasid, ofDevices));
                }
            }
        }
        return Next.call(Contexts.submit(unit, commands));
    }
}
