package svasim.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import svasim.check.Violation;
import svasim.kernel.Kernel;
import svasim.report.ViolationReport;
import svasim.run.Assembly;
import svasim.run.Runner;
import svasim.run.Simulation;
import svasim.scenario.BoundScenario;
import svasim.scenario.Measure;

/**
 * Runs one scenario with given answers and says whether that broke what should hold; a run that
 * broke nothing is not reported on. Has no state of its own: several threads may run it.
 */
final class Attempts {
    private final Assembly assembly;
    private final BoundScenario scenario;
    private final long seed;
    private final Set<String> expected;
    private final Set<String> sites;

    /** Runs with the same answers; what breaks there, too, is not counted. May be null. */
    private final Attempts control;

    Attempts(Assembly assembly, BoundScenario scenario, long seed) {
        this(assembly, scenario, seed, Set.of(), null);
    }

    private Attempts(
            Assembly assembly,
            BoundScenario scenario,
            long seed,
            Set<String> sites,
            Attempts control) {
        this.assembly = assembly;
        this.scenario = scenario;
        this.seed = seed;
        this.expected = Set.copyOf(scenario.scenario().expect().violations());
        this.sites = sites;
        this.control = control;
    }

    /** The same, but only questions of these sites, if any are named, get another answer than 0. */
    Attempts only(Set<String> names) {
        return new Attempts(assembly, scenario, seed, names, control);
    }

    /** The same, but only what does not break in another scenario with the same answers counts. */
    Attempts against(BoundScenario other) {
        Attempts without = new Attempts(assembly, other, seed);
        return new Attempts(assembly, scenario, seed, sites, without);
    }

    /** What no run can find, in words; nothing if invariants are checked. */
    List<String> blindness() {
        return scenario.scenario().measure().invariants()
                ? List.of()
                : List.of("invariants were not checked; only what gets stuck is found");
    }

    /**
     * @param all whether all questions are wanted
     */
    Attempt run(Answers answers, boolean all) {
        return run(answers, all, simulation -> {});
    }

    Attempt run(Answers answers, boolean all, Consumer<Simulation> attach) {
        Recorder recorder = new Recorder(answers, all, sites);
        Simulation simulation = assembly.assemble(scenario, seed, recorder);
        recorder.attach(simulation.trace());
        attach.accept(simulation);
        Measure limits = scenario.scenario().measure();
        Kernel.End end = simulation.run(limits.until().value(), limits.events());
        Set<String> failures = failures(simulation, end);
        if (control != null && !failures.isEmpty()) {
            failures.removeAll(control.run(recorder.schedule().answers(), false).failures());
        }
        List<String> report = failures.isEmpty() ? List.of() : report(simulation);
        return new Attempt(recorder.questions(), recorder.schedule(), failures, report);
    }

    private static List<String> report(Simulation simulation) {
        List<String> report =
                new ArrayList<>(
                        ViolationReport.brief(
                                        simulation.trace()::laneName, Runner.sentences(simulation))
                                .lines(simulation.violations()));
        simulation.waitingFor().forEach(line -> report.add("still waiting: " + line));
        return report;
    }

    /** Invariants broken that the scenario does not expect, and a machine that is stuck. */
    private Set<String> failures(Simulation simulation, Kernel.End end) {
        Set<String> failures = new TreeSet<>();
        for (Violation violation : simulation.violations()) {
            if (!expected.contains(violation.invariant())) {
                failures.add(violation.invariant());
            }
        }
        if (end == Kernel.End.QUIET && !scenario.scenario().expect().stuck()) {
            simulation.waitingFor().stream()
                    .findFirst()
                    .ifPresent(first -> failures.add("stuck: " + first));
        }
        return failures;
    }
}
