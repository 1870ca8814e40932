package svasim.os.iommu.amdvi;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.amdvi.Command;
import svasim.iommu.core.Block;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.Forwarding.Scope;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.pcie.tlp.PasidPrefix;

/** What a guest has invalidated, as commands of the host's with the machine's domain. */
final class GuestInvalidation {
    private GuestInvalidation() {}

    /** In the unit; of all PASIDs, everything that is nested goes. */
    static Call<?> translations(Unit unit, PciDevice device, Scope scope) {
        DeviceState state = unit.state(device);
        note(state, scope.pasid());
        int domain = unit.guestTags().of(device.group(), state.stage());
        Command command =
                scope.pasid() == Forwarding.ALL
                        ? Command.hostPages(domain, Block.ALL)
                        : Command.guestPages(domain, scope.pasid(), scope.block());
        return unit.commands().submit(List.of(command));
    }

    /** Of the guest's GCR3 table; an entry of it goes with the pages of its PASID. */
    static Call<?> entries(Unit unit, PciDevice device, int pasid) {
        if (pasid != Forwarding.ALL) {
            return translations(unit, device, Scope.of(Forwarding.ALL, pasid));
        }
        return unit.commands().submit(List.of(Command.deviceTableEntry(device.requesterId())));
    }

    /** In the device. */
    static Call<?> ofDevice(Unit unit, PciDevice device, int pasid, Block block) {
        DeviceState state = unit.state(device);
        note(state, pasid);
        return submit(unit, state.flushDevice(pasid, block));
    }

    /** A block of every PASID that the guest uses, in the device. */
    static Call<?> wholeDevice(Unit unit, DeviceState state, Block block) {
        return submit(unit, ofWholeDevice(state, block));
    }

    static List<Command> ofWholeDevice(DeviceState state, Block block) {
        List<Command> commands = new ArrayList<>(state.flushDevice(PasidPrefix.NONE, block));
        for (int pasid : state.nested(state.stage())) {
            commands.addAll(state.flushDevice(pasid, block));
        }
        return commands;
    }

    private static Call<?> submit(Unit unit, List<Command> commands) {
        return commands.isEmpty() ? Call.nothing() : unit.commands().submit(commands);
    }

    /** The guest uses the PASID. */
    private static void note(DeviceState state, int pasid) {
        if (pasid >= 0) {
            state.addNested(pasid, state.stage());
        }
    }
}
