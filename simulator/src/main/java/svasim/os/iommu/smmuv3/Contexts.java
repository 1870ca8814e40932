package svasim.os.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;

/** What is done to the context descriptor of a PASID and to what is cached of it. */
final class Contexts {
    private Contexts() {}

    /** Changes the descriptor, whose table exists. */
    static Call<?> write(Unit unit, Cpu cpu, PasidEntry entry, long[] words) {
        DeviceState state = unit.state(entry.device());
        return WriteEntry.ofContext(
                unit.commands(),
                Command.context(state.streamId(), entry.pasid(), true),
                state.contexts().entry(cpu, entry.pasid()),
                words);
    }

    /** Shows the domain of the DMA API in descriptor 0. */
    static Call<?> writeDma(Unit unit, Cpu cpu, DeviceState state) {
        Capabilities has = unit.capabilities();
        DmaDomain domain = state.domain();
        return write0(
                unit,
                cpu,
                state,
                ContextEntry.tables(
                        domain.root(), domain.id(), has.outputSizeCode(), has.stallsAlways()));
    }

    /** Shows nothing in descriptor 0. */
    static Call<?> clearDma(Unit unit, Cpu cpu, DeviceState state) {
        return write0(unit, cpu, state, ContextEntry.invalid());
    }

    private static Call<?> write0(Unit unit, Cpu cpu, DeviceState state, long[] words) {
        return WriteEntry.ofContext(
                unit.commands(),
                Command.context(state.streamId(), 0, true),
                state.contexts().entry(cpu, 0),
                words);
    }

    /** Removes a block of addresses from the translation caches of the devices that have one. */
    static List<Command> atc(Unit unit, List<PasidEntry> entries, Block block) {
        List<Command> commands = new ArrayList<>();
        for (PasidEntry entry : entries) {
            DeviceState state = unit.state(entry.device());
            if (state.hasAtc()) {
                commands.add(Command.atc(state.streamId(), entry.pasid(), block));
            }
        }
        return commands;
    }

    /** Has commands carried out and waits, if there are any. */
    static Call<?> submit(Unit unit, List<Command> commands) {
        return commands.isEmpty() ? Call.nothing() : unit.commands().submit(commands);
    }
}
