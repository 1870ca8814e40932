package svasim.os.iommu.amdvi;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.amdvi.Command;
import svasim.iommu.core.Block;
import svasim.os.defect.Defect;
import svasim.os.iommu.SecondStage;
import svasim.os.procedure.Call;

/**
 * Removes a block of guest-physical addresses (amd_iommu_domain_flush_pages of a nesting parent):
 * in the unit with all nested translations of the domains, in the devices everything, because what
 * is cached there of a guest has guest-virtual addresses.
 */
final class StageInvalidation {
    private StageInvalidation() {}

    static Call<?> call(Unit unit, SecondStage stage, Block block) {
        List<Command> commands = new ArrayList<>();
        for (int domain : unit.guestTags().of(stage)) {
            commands.add(Command.hostPages(domain, block));
        }
        Block ofDevices = unit.site().has(Defect.S71) ? block : Block.ALL;
        for (DeviceState state : unit.devices().states()) {
            if (state.stage() == stage) {
                commands.addAll(GuestInvalidation.ofWholeDevice(state, ofDevices));
            }
        }
        return commands.isEmpty() ? Call.nothing() : unit.commands().submit(commands);
    }
}
