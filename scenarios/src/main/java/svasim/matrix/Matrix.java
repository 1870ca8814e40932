package svasim.matrix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import svasim.os.sva.Policies;
import svasim.run.MachineAssembly;
import svasim.run.Runner;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/**
 * The outcomes of all trials, in a fixed order however many are run at once.
 *
 * @param policies columns
 * @param profiles machines that each cell speaks of
 * @param rows by name of the scenario: outcomes by policy, then by profile
 */
public record Matrix(
        List<String> policies,
        List<String> profiles,
        Map<String, Map<String, Map<String, Outcome>>> rows) {

    /** What is to be run; every combination is. */
    public record Axes(List<Path> scenarios, List<String> policies, List<String> profiles) {
        /** Every scenario of the folder {@code lifecycle}, policy and profile. */
        public static Axes all() throws IOException {
            return new Axes(
                    Home.files().stream()
                            .filter(file -> file.getParent().endsWith("lifecycle"))
                            .toList(),
                    Policies.all().stream().map(Policies.Policy::name).toList(),
                    Home.profiles().stream().map(Home::name).toList());
        }
    }

    /**
     * Runs everything.
     *
     * @param jobs runs at once
     */
    public static Matrix run(Axes axes, int jobs) throws IOException {
        List<Trial> trials = trials(axes);
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<Outcome>> runs = new ArrayList<>();
            for (Trial trial : trials) {
                runs.add(threads.submit(() -> trial.run(runner())));
            }
            Map<String, Map<String, Map<String, Outcome>>> rows = new LinkedHashMap<>();
            for (int i = 0; i < trials.size(); i++) {
                Trial trial = trials.get(i);
                rows.computeIfAbsent(trial.scenario(), name -> new LinkedHashMap<>())
                        .computeIfAbsent(trial.policy(), name -> new LinkedHashMap<>())
                        .put(trial.profile(), outcome(trial, runs.get(i)));
            }
            return new Matrix(axes.policies(), axes.profiles(), rows);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Runner runner() {
        return new Runner(MachineAssembly.withoutLatencies());
    }

    private static List<Trial> trials(Axes axes) throws IOException {
        List<Trial> trials = new ArrayList<>();
        for (Path path : axes.scenarios()) {
            ScenarioFile file = ScenarioFile.read(path);
            for (String variant : file.variants()) {
                for (String policy : axes.policies()) {
                    for (String profile : axes.profiles()) {
                        trials.add(new Trial(file, variant, policy, profile));
                    }
                }
            }
        }
        return trials;
    }

    private static Outcome outcome(Trial trial, Future<Outcome> run) {
        try {
            return run.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("matrix: interrupted", e);
        } catch (ExecutionException e) {
            String where = trial.scenario() + " under " + trial.policy() + " on " + trial.profile();
            throw new IllegalStateException("matrix: " + where, e.getCause());
        }
    }

    /** Number of outcomes. */
    public int runs() {
        return (int)
                rows.values().stream()
                        .flatMap(row -> row.values().stream())
                        .flatMap(cell -> cell.values().stream())
                        .filter(outcome -> !outcome.equals(Attacks.NOT_TRIED))
                        .count();
    }

    /** What became of one scenario. */
    public Outcome outcome(String scenario, String policy, String profile) {
        return rows.get(scenario).get(policy).get(profile);
    }
}
