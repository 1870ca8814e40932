package svasim.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import svasim.check.Violation;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.run.Simulation;
import svasim.scenario.BoundScenario;

/**
 * Runs one scenario with given answers and says whether that broke what should hold. Has no state
 * of its own: several threads may run it.
 */
final class Attempts {
    private final Runner runner;
    private final BoundScenario scenario;
    private final long seed;
    private final Set<String> expected;

    Attempts(Runner runner, BoundScenario scenario, long seed) {
        this.runner = runner;
        this.scenario = scenario;
        this.seed = seed;
        this.expected = Set.copyOf(scenario.scenario().expect().violations());
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
        Recorder recorder = new Recorder(answers, all);
        RunResult result =
                runner.run(
                        scenario,
                        seed,
                        recorder,
                        simulation -> {
                            recorder.attach(simulation.trace());
                            attach.accept(simulation);
                        });
        return new Attempt(
                recorder.questions(), recorder.schedule(), failures(result), report(result));
    }

    private static List<String> report(RunResult result) {
        List<String> report = new ArrayList<>(result.findings());
        result.waitingFor().forEach(line -> report.add("still waiting: " + line));
        return report;
    }

    /** Invariants broken that the scenario does not expect, and a machine that is stuck. */
    private Set<String> failures(RunResult result) {
        Set<String> failures = new TreeSet<>();
        for (Violation violation : result.violations()) {
            if (!expected.contains(violation.invariant())) {
                failures.add(violation.invariant());
            }
        }
        boolean stuck = result.complete() && !result.waitingFor().isEmpty();
        if (stuck && !scenario.scenario().expect().stuck()) {
            failures.add("stuck: " + new ArrayList<>(result.waitingFor()).get(0));
        }
        return failures;
    }
}
