package svasim.os.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.ContextDescriptor;
import svasim.iommu.smmuv3.Features;
import svasim.iommu.smmuv3.IdField;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;

/** What is done to the context descriptor of a PASID and to what is cached of it. */
final class Contexts {
    private Contexts() {}

    /** Changes the descriptor, whose table exists. */
    static Call<?> write(Unit unit, Cpu cpu, PasidEntry entry, ContextDescriptor wanted) {
        DeviceState state = unit.state(entry.device());
        return WriteEntry.ofContext(
                unit.commands(),
                Command.context(state.streamId(), entry.pasid(), true),
                state.contexts().entry(cpu, entry.pasid()),
                wanted);
    }

    /** Shows the domain of the DMA API in descriptor 0. */
    static Call<?> writeDma(Unit unit, Cpu cpu, DeviceState state) {
        Features has = unit.features();
        DmaDomain domain = state.domain();
        return write0(
                unit,
                cpu,
                state,
                ContextDescriptor.tables(
                        domain.root(), domain.id(), has.get(IdField.OAS), has.stallsAlways()));
    }

    /** Shows nothing in descriptor 0. */
    static Call<?> clearDma(Unit unit, Cpu cpu, DeviceState state) {
        return write0(unit, cpu, state, ContextDescriptor.INVALID);
    }

    private static Call<?> write0(Unit unit, Cpu cpu, DeviceState state, ContextDescriptor wanted) {
        return WriteEntry.ofContext(
                unit.commands(),
                Command.context(state.streamId(), 0, true),
                state.contexts().entry(cpu, 0),
                wanted);
    }

    /** Removes a block of addresses from the translation caches of the devices that have one. */
    static List<Command> atc(Unit unit, List<PasidEntry> entries, Block block) {
        List<Command> commands = new ArrayList<>();
        for (PasidEntry entry : entries) {
            DeviceState state = unit.state(entry.device());
            if (state.hasAtc()) {
                commands.add(Command.atc(state.streamId(), entry.requestPasid(), block));
            }
        }
        return commands;
    }

    /** Has commands carried out and waits, if there are any. */
    static Call<?> submit(Unit unit, List<Command> commands) {
        return commands.isEmpty() ? Call.nothing() : unit.commands().submit(commands);
    }
}
