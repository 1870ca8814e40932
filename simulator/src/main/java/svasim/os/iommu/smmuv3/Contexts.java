package svasim.os.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.Block;
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
