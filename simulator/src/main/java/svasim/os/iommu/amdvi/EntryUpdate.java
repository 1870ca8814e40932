package svasim.os.iommu.amdvi;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.amdvi.Command;
import svasim.iommu.amdvi.DeviceTableEntry;
import svasim.iommu.core.Block;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.PciFeatures;
import svasim.os.procedure.Call;
import svasim.pcie.tlp.PasidPrefix;

/**
 * The device table entry of a device, as it is attached now. What changes with the domain lies in
 * word 0 and in GCR3 entry 0, so that translations of PASIDs go on meanwhile.
 */
final class EntryUpdate {
    private final Unit unit;
    private final DeviceState state;
    private final PciFeatures features;

    EntryUpdate(Unit unit, DeviceState state) {
        this.unit = unit;
        this.state = state;
        this.features = state.device().features();
    }

    /** A blocked device with guest tables has none for PASID 0, which its requests use. */
    void setGuestRoot(Cpu cpu) {
        if (!state.hasGuestTables()) {
            return;
        }
        if (state.attached().isTranslated()) {
            state.roots().set(cpu, 0, state.domain().root());
        } else {
            state.roots().clear(cpu, 0);
        }
    }

    void write(Cpu cpu) {
        if (state.stage() != null) {
            writeOfMachine(cpu);
            return;
        }
        long roots = state.hasGuestTables() ? state.roots().address() : 0;
        long word1 = DeviceTableEntry.tags(state.domain().id(), roots, features.atsEnabled());
        unit.table().publish(cpu, state.deviceId(), word0(), word1);
    }

    /** Host tables of the machine, with guest tables over them if the guest has any. */
    private void writeOfMachine(Cpu cpu) {
        DmaDomain domain = state.domain();
        GuestEntry guest = state.guest();
        if (guest != null && guest.wish() == GuestEntry.Wish.ABORT) {
            clear(cpu);
        } else if (guest != null && guest.wish() == GuestEntry.Wish.NESTED) {
            DeviceTableEntry nested = guest.entry().over(domain.root(), Unit.HOST_LEVELS);
            long ats = features.atsEnabled() ? -1L : ~DeviceTableEntry.tags(0, 0, true);
            long word1 = nested.q1() & ats | DeviceTableEntry.tags(domain.id(), 0, false);
            unit.table().publish(cpu, state.deviceId(), nested.q0(), word1);
        } else {
            long word1 = DeviceTableEntry.tags(domain.id(), 0, features.atsEnabled());
            unit.table().publish(cpu, state.deviceId(), word0(), word1);
        }
    }

    /** Shows nothing of the device any more. */
    void clear(Cpu cpu) {
        unit.table().publish(cpu, state.deviceId(), DeviceTableEntry.blocked(), 0);
    }

    /** device_flush_dte and domain_flush_all. */
    Call<?> flush() {
        List<Command> commands = new ArrayList<>();
        commands.add(Command.deviceTableEntry(state.deviceId()));
        commands.add(state.flushDomain(Block.ALL));
        commands.addAll(state.flushDevice(PasidPrefix.NONE, Block.ALL));
        return unit.commands().submit(commands);
    }

    private long word0() {
        if (state.hasGuestTables()) {
            return DeviceTableEntry.guest(
                    state.roots().address(),
                    state.roots().levels(),
                    new DeviceTableEntry.Answers(
                            features.priEnabled(), features.responsesCarryPasid()),
                    state.attached() != DomainType.IDENTITY);
        }
        return switch (state.attached()) {
            case IDENTITY -> DeviceTableEntry.passThrough();
            case BLOCKED -> DeviceTableEntry.blocked();
            case DMA, DMA_FQ -> DeviceTableEntry.host(state.domain().root(), Unit.HOST_LEVELS);
        };
    }
}
