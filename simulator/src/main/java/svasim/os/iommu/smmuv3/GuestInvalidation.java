package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.iommu.core.Block;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.Forwarding.Scope;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.IdField;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;

/**
 * What a guest has invalidated, as commands of the host's with the machine's VMID
 * (arm_vsmmu_cache_invalidate).
 */
final class GuestInvalidation {
    private GuestInvalidation() {}

    /** In the unit's TLB; the ASID is the guest's own. */
    static Call<?> translations(Unit unit, PciDevice device, Scope scope) {
        DeviceState state = unit.state(device);
        note(state, scope.pasid());
        int vmid = unit.guestTags().of(device.group(), state.stage());
        return unit.commands().submit(commands(unit, vmid, scope));
    }

    private static List<Command> commands(Unit unit, int vmid, Scope scope) {
        if (scope.domain() == Forwarding.ALL) {
            return List.of(Command.tlbOfGuest(vmid));
        }
        boolean ranges = unit.features().has(IdField.RIL);
        long end = scope.isWhole() ? -1 : scope.address() + scope.bytes();
        return TlbRange.of(scope.domain(), scope.address(), end, ranges).stream()
                .map(command -> command.ofVmid(vmid))
                .toList();
    }

    /** Of the guest's context descriptors. */
    static Call<?> entries(Unit unit, PciDevice device, int pasid) {
        DeviceState state = unit.state(device);
        note(state, pasid);
        Command command =
                pasid == Forwarding.ALL
                        ? Command.contexts(state.streamId())
                        : Command.context(state.streamId(), pasid, false);
        return unit.commands().submit(List.of(command));
    }

    /** In the device. */
    static Call<?> ofDevice(Unit unit, PciDevice device, int pasid, Block block) {
        DeviceState state = unit.state(device);
        note(state, pasid);
        return state.hasAtc()
                ? unit.commands().submit(List.of(Command.atc(state.streamId(), pasid, block)))
                : Call.nothing();
    }

    /** The guest uses the PASID. */
    private static void note(DeviceState state, int pasid) {
        if (pasid >= 0) {
            state.addNested(pasid, state.stage());
        }
    }
}
