package svasim.lesson.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.cpu.Architecture;
import svasim.guest.Guest;
import svasim.iommu.core.Iommu;
import svasim.layout.Pointer;
import svasim.machine.Machine;
import svasim.os.mm.ProcessStage;
import svasim.paging.PageTableShape;
import svasim.report.Seen;

/** Finds the tables of a machine, and follows what is written to them. */
final class MachineTables {
    private final Machine machine;
    private final Systems systems;
    private final Tables tables;

    /** Address spaces of guests that have no memory yet. */
    private final List<Space> early = new ArrayList<>();

    private record Space(Pointer top, String of) {}

    private final Map<Iommu, List<Pointer>> known = new HashMap<>();

    MachineTables(Machine machine, Systems systems) {
        this.machine = machine;
        this.systems = systems;
        this.tables = new Tables(machine.hardware().memory());
        machine.os().processes().forEach(p -> addressSpace(p.mm().root(), p.name(), Systems.HOST));
        int system = Systems.HOST;
        for (Guest guest : systems.guests()) {
            ofGuest(guest, ++system);
        }
    }

    private void ofGuest(Guest guest, int system) {
        guest.os()
                .processes()
                .forEach(p -> addressSpace(p.mm().root(), guest.name() + "." + p.name(), system));
    }

    private void addressSpace(long root, String of, int system) {
        Architecture architecture = machine.hardware().cores().architecture();
        Pointer top = PageTableShape.root(ProcessStage.of(architecture, root), 0);
        place(new Space(top.within(systems.addresses(system)), of));
    }

    private void place(Space space) {
        if (!tables.root(space.top(), "tree", space.of())) {
            early.add(space);
        }
    }

    private void addressSpace(Seen seen) {
        int system = systems.of(seen.lane());
        String process = String.valueOf(seen.subject());
        boolean ofHost = system == Systems.HOST;
        String of = ofHost ? process : systems.names().get(system - 1) + "." + process;
        addressSpace(seen.b(), of, system);
    }

    Tables tables() {
        return tables;
    }

    void see(int step, Seen seen) {
        switch (seen.kind()) {
            case STEP, REGISTER_WRITTEN, TRANSLATION_STARTED -> lookAtRegisters();
            case MM_CREATED -> addressSpace(seen);
            case TABLE_WRITTEN -> tables.written(step, seen.a(), seen.b(), seen.c());
            case WALK_UPDATED -> tables.written(step, seen.a(), seen.b(), seen.c());
            case FRAME_ALLOCATED, FRAME_FREED -> tables.freed(seen.a());
            default -> {
                // Changes no table.
            }
        }
    }

    private void lookAtRegisters() {
        if (!early.isEmpty()) {
            List<Space> again = List.copyOf(early);
            early.clear();
            again.forEach(this::place);
        }
        machine.hardware().iommus().forEach(unit -> look(unit, unit.name(), Systems.HOST));
        int system = Systems.HOST;
        for (Guest guest : systems.guests()) {
            system++;
            if (guest.unit() != null) {
                look(guest.unit(), guest.name() + "." + guest.unit().name(), system);
            }
        }
    }

    private void look(Iommu unit, String name, int system) {
        List<Pointer> now = unit.tables();
        if (!now.equals(known.put(unit, now))) {
            now.forEach(
                    pointer ->
                            tables.root(pointer.within(systems.addresses(system)), "root", name));
        }
    }
}
