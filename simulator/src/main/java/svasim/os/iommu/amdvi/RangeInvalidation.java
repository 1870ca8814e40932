package svasim.os.iommu.amdvi;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.amdvi.Command;
import svasim.iommu.core.Block;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** sva_arch_invalidate_secondary_tlbs: for each device the unit's pages, the device's, a wait. */
final class RangeInvalidation {
    private static final Procedure<RangeInvalidation> INVALIDATE =
            Procedure.<RangeInvalidation>named("sva_arch_invalidate_secondary_tlbs")
                    .step("flush pages of next device", 80_000, RangeInvalidation::flushNext)
                    .build();

    private final Unit unit;
    private final Iterator<PasidEntry> entries;
    private final Block block;
    private final Defects defects;

    private RangeInvalidation(Unit unit, List<PasidEntry> entries, Block block) {
        this.unit = unit;
        this.entries = entries.iterator();
        this.block = block;
        this.defects = unit.site().platform().defects();
    }

    static Call<?> call(Unit unit, List<PasidEntry> entries, long start, long end) {
        Block block = unit.site().block(start, end);
        return new Call<>(INVALIDATE, new RangeInvalidation(unit, entries, block));
    }

    private List<Command> commands(DeviceState state, int pasid) {
        if (!defects.has(Defect.S29)) {
            return state.flush(pasid, block);
        }
        List<Command> commands = new ArrayList<>(state.flushDevice(pasid, block));
        commands.add(0, Command.hostPages(state.domain().id(), block));
        return commands;
    }

    private Next flushNext(Cpu cpu) {
        if (!entries.hasNext() || block.isAll() && defects.has(Defect.S31)) {
            return Next.DONE;
        }
        PasidEntry entry = entries.next();
        List<Command> commands = commands(unit.state(entry.device()), entry.pasid());
        return new Next.EnterAgain(
                defects.has(Defect.I_01)
                        ? unit.commands().submitWithoutWaiting(commands)
                        : unit.commands().submit(commands));
    }
}
