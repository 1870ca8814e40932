package svasim.os.iommu.amdvi;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.amdvi.Command;
import svasim.iommu.core.Block;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * What is done to the GCR3 entry of a PASID, each time with the flush of what the unit and the
 * device may have cached of it, a missing entry included.
 */
final class GuestRoot {
    private static final String FLUSH = "flush pages";

    private static final Procedure<GuestRoot> SET =
            Procedure.<GuestRoot>named("iommu_sva_set_dev_pasid")
                    .sleeping("set GCR3 entry", 120_000, GuestRoot::set)
                    .step(FLUSH, 20_000, GuestRoot::flush)
                    .build();

    private static final Procedure<GuestRoot> CLEAR =
            Procedure.<GuestRoot>named("remove_dev_pasid")
                    .step("clear GCR3 entry", 60_000, GuestRoot::clear)
                    .step(FLUSH, 20_000, GuestRoot::flush)
                    .build();

    private static final Procedure<GuestRoot> ERASE =
            Procedure.<GuestRoot>named("clear_gcr3")
                    .step("clear GCR3 entry", 60_000, GuestRoot::clear)
                    .build();

    private final Unit unit;
    private final PasidEntry entry;
    private final DeviceState state;

    private GuestRoot(Unit unit, PasidEntry entry) {
        this.unit = unit;
        this.entry = entry;
        this.state = unit.state(entry.device());
    }

    static Call<?> install(Unit unit, PasidEntry entry) {
        return new Call<>(SET, new GuestRoot(unit, entry));
    }

    static Call<?> remove(Unit unit, PasidEntry entry) {
        return new Call<>(CLEAR, new GuestRoot(unit, entry));
    }

    static Call<?> erase(Unit unit, PasidEntry entry) {
        return new Call<>(ERASE, new GuestRoot(unit, entry));
    }

    static Call<?> flush(Unit unit, PasidEntry entry) {
        DeviceState state = unit.state(entry.device());
        return unit.commands().submit(state.flush(entry.pasid(), Block.ALL));
    }

    private Next set(Cpu cpu) {
        state.roots().set(cpu, entry.pasid(), entry.space().root());
        state.show(entry.pasid());
        if (isAlone()) {
            new EntryUpdate(unit, state).write(cpu);
        }
        return Next.ON;
    }

    /** Whether the device table entry is there for PASIDs alone. */
    private boolean isAlone() {
        return state.attached() == DomainType.BLOCKED && state.shows(entry.pasid());
    }

    private Next clear(Cpu cpu) {
        state.roots().clear(cpu, entry.pasid());
        state.hide(entry.pasid());
        return Next.ON;
    }

    private Next flush(Cpu cpu) {
        List<Command> commands = new ArrayList<>();
        if (isAlone()) {
            commands.add(Command.deviceTableEntry(state.deviceId()));
        }
        commands.addAll(state.flush(entry.pasid(), Block.ALL));
        return Next.call(unit.commands().submit(commands));
    }
}
