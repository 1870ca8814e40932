package svasim.lesson.story;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.cpu.Architecture;
import svasim.iommu.core.Iommu;
import svasim.layout.Pointer;
import svasim.machine.Machine;
import svasim.os.mm.ProcessStage;
import svasim.paging.PageTableShape;
import svasim.report.Seen;

/** Finds the tables of a machine, and follows what is written to them. */
final class MachineTables {
    private final Machine machine;
    private final Tables tables;
    private final Map<Iommu, List<Pointer>> known = new HashMap<>();

    MachineTables(Machine machine) {
        this.machine = machine;
        this.tables = new Tables(machine.hardware().memory());
        machine.os().processes().forEach(p -> addressSpace(p.mm().root(), p.name()));
    }

    private void addressSpace(long root, String of) {
        Architecture architecture = machine.hardware().cores().architecture();
        tables.root(PageTableShape.root(ProcessStage.of(architecture, root), 0), "tree", of);
    }

    Tables tables() {
        return tables;
    }

    void see(int step, Seen seen) {
        switch (seen.kind()) {
            case STEP, REGISTER_WRITTEN, TRANSLATION_STARTED -> lookAtRegisters();
            case MM_CREATED -> addressSpace(seen.b(), String.valueOf(seen.subject()));
            case TABLE_WRITTEN -> tables.written(step, seen.a(), seen.b(), seen.c());
            case WALK_UPDATED -> tables.written(step, seen.a(), seen.b(), seen.c());
            case FRAME_FREED -> tables.freed(seen.a());
            default -> {
                // Changes no table.
            }
        }
    }

    private void lookAtRegisters() {
        for (Iommu unit : machine.hardware().iommus()) {
            List<Pointer> now = unit.tables();
            if (!now.equals(known.put(unit, now))) {
                now.forEach(pointer -> tables.root(pointer, "root", unit.name()));
            }
        }
    }
}
