package svasim.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import svasim.binding.Names;
import svasim.kernel.Choices;
import svasim.machine.GuestPlan;
import svasim.machine.Machine;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.program.ProcessSpec;
import svasim.scenario.BoundScenario;
import svasim.scenario.ProcessConfig;
import svasim.scenario.Scenario;
import svasim.scenario.StepNames;
import svasim.stats.Statistics;

/** Assembles the simulator's machine. */
public final class MachineAssembly implements Assembly {
    private final Supplier<Statistics> statistics;

    private MachineAssembly(Supplier<Statistics> statistics) {
        this.statistics = statistics;
    }

    /** Machines that keep all statistics. */
    public MachineAssembly() {
        this(Statistics::new);
    }

    /** Machines for runs whose latencies nobody reads. */
    public static MachineAssembly withoutLatencies() {
        return new MachineAssembly(Statistics::withoutLatencies);
    }

    @Override
    public Simulation assemble(BoundScenario bound, long seed, Choices choices) {
        Scenario scenario = bound.scenario();
        Machine machine =
                new Machine(
                        plan(scenario, programs(scenario), guests(scenario)),
                        seed,
                        choices,
                        statistics.get());
        scenario.expect().memory().forEach((buffer, other) -> keep(machine, buffer, other));
        String unit = Names.kebab(scenario.machine().iommu().unit().name());
        return new MachineSimulation(machine, unit);
    }

    /** The bytes that are compared are those at the end of the process, if it has one. */
    private static void keep(Machine machine, String... buffers) {
        for (String buffer : buffers) {
            Machines.ownerOf(machine, buffer).keepAtExit(buffer);
        }
    }

    /** A machine on which nothing runs but the operating systems, of guests too. */
    public Machine idle(BoundScenario bound) {
        List<GuestPlan> guests =
                guests(bound.scenario()).stream()
                        .map(guest -> new GuestPlan(guest.name(), guest.config(), List.of()))
                        .toList();
        return new Machine(plan(bound.scenario(), List.of(), guests), 0, Choices.PLAIN);
    }

    private static List<ProcessSpec> programs(Scenario scenario) {
        return programs(scenario.processes(), scenario.machine().devices().keySet());
    }

    private static List<ProcessSpec> programs(
            Map<String, ProcessConfig> configs, Set<String> devices) {
        List<ProcessSpec> processes = new ArrayList<>();
        Set<String> made = new HashSet<>();
        configs.values().forEach(process -> made.addAll(process.makes()));
        configs.forEach(
                (name, process) ->
                        processes.add(process.spec(name, devices, !made.contains(name))));
        return processes;
    }

    private static List<GuestPlan> guests(Scenario scenario) {
        List<GuestPlan> guests = new ArrayList<>();
        scenario.guests()
                .forEach(
                        (name, guest) ->
                                guests.add(
                                        new GuestPlan(
                                                name,
                                                guest.config(),
                                                programs(
                                                        guest.processes(),
                                                        guest.config().devices().keySet()))));
        return guests;
    }

    private static Machine.Plan plan(
            Scenario scenario, List<ProcessSpec> programs, List<GuestPlan> guests) {
        return new Machine.Plan(
                scenario.machine(),
                scenario.os(),
                defects(scenario.defects()),
                programs,
                scenario.faults(),
                scenario.order().stream().map(StepNames::pair).toList(),
                scenario.measure().invariants() ? scenario.measure().bounds() : null,
                guests);
    }

    private static Defects defects(List<String> ids) {
        Set<Defect> on = EnumSet.noneOf(Defect.class);
        ids.forEach(id -> Defect.of(id).ifPresent(on::add));
        return new Defects(on);
    }
}
