package svasim.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import svasim.check.Violation;
import svasim.kernel.Choices;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.run.Simulation;
import svasim.scenario.BoundScenario;

/** Runs one scenario with given answers and says whether that broke what should hold. */
final class Attempts {
    private final Runner runner;
    private final BoundScenario scenario;
    private final long seed;
    private int count;

    Attempts(Runner runner, BoundScenario scenario, long seed) {
        this.runner = runner;
        this.scenario = scenario;
        this.seed = seed;
    }

    /**
     * One run.
     *
     * @param questions all that the run asked
     * @param failures what broke; empty if all is well
     * @param report what broke, in words
     */
    record Attempt(
            List<Recorder.Question> questions,
            Schedule schedule,
            Set<String> failures,
            List<String> report) {
        boolean failed() {
            return !failures.isEmpty();
        }
    }

    int count() {
        return count;
    }

    Attempt run(Choices choices) {
        return run(choices, simulation -> {});
    }

    Attempt run(Choices choices, Consumer<Simulation> attach) {
        count++;
        Recorder recorder = new Recorder(choices);
        RunResult result = runner.run(scenario, seed, recorder, attach);
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
        List<String> expected = scenario.scenario().expect().violations();
        for (Violation violation : result.violations()) {
            if (!expected.contains(violation.invariant())) {
                failures.add(violation.invariant());
            }
        }
        if (result.complete() && !result.waitingFor().isEmpty()) {
            failures.add("stuck: " + new ArrayList<>(result.waitingFor()).get(0));
        }
        return failures;
    }
}
