package svasim.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import svasim.kernel.Choices;
import svasim.machine.Machine;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.program.ProcessSpec;
import svasim.scenario.BoundScenario;
import svasim.scenario.Scenario;

/** Assembles the simulator's machine. */
public final class MachineAssembly implements Assembly {
    @Override
    public Simulation assemble(BoundScenario bound, long seed, Choices choices) {
        Scenario scenario = bound.scenario();
        Set<String> devices = scenario.machine().devices().keySet();
        List<ProcessSpec> processes = new ArrayList<>();
        scenario.processes().forEach((name, process) -> processes.add(process.spec(name, devices)));
        Machine.Plan plan =
                new Machine.Plan(
                        scenario.machine(), scenario.os(), defects(scenario.defects()), processes);
        return new MachineSimulation(new Machine(plan, seed, choices));
    }

    private static Defects defects(List<String> ids) {
        Set<Defect> on = EnumSet.noneOf(Defect.class);
        ids.forEach(id -> Defect.of(id).ifPresent(on::add));
        return new Defects(on);
    }
}
