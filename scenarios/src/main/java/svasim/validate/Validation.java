package svasim.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import svasim.binding.InvalidInput;
import svasim.binding.Place;
import svasim.kernel.Choices;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.scenario.BoundScenario;
import svasim.scenario.Measure;
import svasim.scenario.Published;
import svasim.scenario.ScenarioFile;
import svasim.scenario.Sweep;
import svasim.stats.Counter;
import svasim.stats.Statistics;

/** All comparisons of one scenario file. */
public final class Validation {
    private static final long SEED = 0;
    private static final double MEDIAN = 50;
    private static final double NEARLY_ALL = 99;

    private final Runner runner;
    private final ScenarioFile file;
    private final Map<String, List<RunResult>> results = new TreeMap<>();

    private Validation(Runner runner, ScenarioFile file) {
        this.runner = runner;
        this.file = file;
    }

    /**
     * Runs what the comparisons need, several runs at once, and compares.
     *
     * @throws InvalidInput if the rows do not fit the variants and the sweep
     */
    public static List<Point> of(Runner runner, ScenarioFile file) {
        return new Validation(runner, file).points();
    }

    private List<Point> points() {
        List<Point> points = new ArrayList<>();
        Measure measure = file.bindAll(Map.of()).get(0).scenario().measure();
        measure.published()
                .forEach(
                        (name, published) ->
                                published
                                        .rows()
                                        .forEach(
                                                (variant, row) ->
                                                        points.addAll(
                                                                row(measure, name, variant, row))));
        return points;
    }

    private List<Point> row(Measure measure, String name, String variant, List<Double> row) {
        Published published = measure.published().get(name);
        List<String> values = measure.sweep() == null ? List.of("") : measure.sweep().values();
        if (row.size() != values.size()) {
            throw wrong(name, variant, row.size() + " numbers", values.size() + " of the sweep");
        }
        List<RunResult> runs = results.computeIfAbsent(variant, v -> run(measure.sweep(), v));
        List<String> fitted = published.fitted().getOrDefault(variant, List.of());
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            points.add(
                    new Point(
                            name,
                            variant,
                            values.get(i),
                            row.get(i),
                            number(published, runs.get(i)) / published.divide(),
                            published.unit(),
                            published.tolerance().value(),
                            runs.get(i).good(),
                            fitted.contains(values.get(i))));
        }
        return points;
    }

    /** Runs of a variant at each value of the sweep; independent of each other. */
    private List<RunResult> run(Sweep sweep, String variant) {
        List<Map<String, String>> sets =
                sweep == null
                        ? List.of(Map.of())
                        : sweep.values().stream().map(v -> Map.of(sweep.path(), v)).toList();
        List<BoundScenario> scenarios = sets.stream().map(set -> file.bind(variant, set)).toList();
        return IntStream.range(0, scenarios.size())
                .parallel()
                .mapToObj(i -> runner.run(scenarios.get(i), SEED, Choices.PLAIN, s -> {}))
                .toList();
    }

    private double number(Published published, RunResult result) {
        Statistics statistics = result.statistics();
        Counter counter = statistics.counters().get(published.statistic());
        if (counter != null) {
            return counter.value();
        }
        Histogram histogram = statistics.latencies().get(published.statistic());
        if (histogram == null) {
            throw wrong("", "", "no statistic " + published.statistic(), "see svasim list stats");
        }
        return switch (published.value()) {
            case COUNT -> histogram.getTotalCount();
            case MEAN -> histogram.getMean();
            case MEDIAN -> histogram.getValueAtPercentile(MEDIAN);
            case P99 -> histogram.getValueAtPercentile(NEARLY_ALL);
        };
    }

    private InvalidInput wrong(String name, String variant, String what, String remedy) {
        String path = "/measure/published/" + name + "/rows/" + variant;
        return new InvalidInput(Place.whole(file.name()), path, what, "expected " + remedy);
    }
}
