package svasim.run;

import java.util.function.Consumer;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.report.Life;
import svasim.report.Namer;
import svasim.report.Sentences;
import svasim.report.ViolationReport;
import svasim.report.words.Catalogue;
import svasim.scenario.BoundScenario;
import svasim.scenario.Measure;
import svasim.scenario.ScenarioExtensions;

/** Runs one variant of a scenario from the start to its end. */
public final class Runner {
    private final Assembly assembly;

    public Runner(Assembly assembly) {
        this.assembly = assembly;
    }

    /**
     * @param attach is given the machine before it starts, to add listeners
     */
    public RunResult run(
            BoundScenario scenario, long seed, Choices choices, Consumer<Simulation> attach) {
        Simulation simulation = assembly.assemble(scenario, seed, choices);
        Life life = new Life(simulation.trace(), sentences(simulation));
        Lives lives = new Lives(simulation);
        simulation.trace().add(life);
        simulation.trace().add(lives);
        StepsSeen steps = new StepsSeen(scenario.scenario().expect());
        simulation.trace().add(steps);
        attach.accept(simulation);
        Measure limits = scenario.scenario().measure();
        Kernel.End end = simulation.run(limits.until().value(), limits.events());
        return new RunResult(
                scenario,
                seed,
                end,
                simulation.kernel().nowPs(),
                simulation.kernel().eventsRun(),
                life.lines(),
                simulation.violations(),
                new ViolationReport(simulation.trace()::laneName, sentences(simulation))
                        .lines(simulation.violations()),
                simulation.waitingFor(),
                simulation.failures(),
                Expectations.broken(scenario.scenario().expect(), simulation, lives, steps),
                simulation.hypothetical(),
                simulation.statistics());
    }

    /** Tells what the machine's trace says, in its own terms and the scenario's names. */
    public static Sentences sentences(Simulation simulation) {
        Catalogue catalogue = new Catalogue(() -> ScenarioExtensions.of(null).models().values());
        return new Sentences(catalogue, simulation.unit(), namer(simulation));
    }

    /** Names that the machine's programs and devices have in the scenario. */
    public static Namer namer(Simulation simulation) {
        return new ScenarioNames(simulation, 0);
    }
}
