package svasim.validate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import svasim.scenario.Gate;
import svasim.scenario.Home;
import svasim.scenario.Measure;
import svasim.scenario.Published;
import svasim.scenario.Scenario;
import svasim.scenario.ScenarioFile;
import svasim.scenario.Sweep;
import svasim.stats.Counter;
import svasim.stats.Statistics;
import svasim.units.Picoseconds;

/** All comparisons of one scenario file. */
public final class Validation {
    private static final long SEED = 0;
    private static final double MEDIAN = 50;
    private static final double NEARLY_ALL = 99;

    private final Runner runner;
    private final ScenarioFile file;
    private final Map<String, Map<String, RunResult>> results = new TreeMap<>();

    private Validation(Runner runner, ScenarioFile file) {
        this.runner = runner;
        this.file = file;
    }

    /**
     * Runs what the comparisons need, several runs at once, and compares.
     *
     * @throws InvalidInput if the rows do not fit the variants and the sweep
     */
    public static Entry of(Runner runner, ScenarioFile file) {
        Scenario scenario = file.bindAll(Map.of()).get(0).scenario();
        Measure measure = scenario.measure();
        Map<String, String> sources = new LinkedHashMap<>();
        measure.published().forEach((name, published) -> sources.put(name, published.source()));
        measure.gates().forEach((name, gate) -> sources.put(name, gate.source()));
        return new Entry(
                Home.name(Path.of(file.name())),
                scenario.title(),
                scenario.aim(),
                measure.sweep() == null ? null : measure.sweep().path(),
                sources,
                new Validation(runner, file).points(measure));
    }

    private List<Point> points(Measure measure) {
        List<Point> points = new ArrayList<>();
        measure.published()
                .forEach(
                        (name, published) ->
                                published
                                        .rows()
                                        .forEach(
                                                (variant, row) ->
                                                        points.addAll(
                                                                row(measure, name, variant, row))));
        measure.gates().forEach((name, gate) -> points.add(gate(name, gate)));
        return points;
    }

    private Point gate(String name, Gate gate) {
        RunResult run = plain(gate.of());
        double number = number(gate.statistic(), gate.value(), gate.below(), run);
        boolean sound = run.good();
        if (gate.over() == null) {
            number /= gate.divide();
        } else {
            RunResult other = plain(gate.over());
            number /= number(gate.statistic(), gate.value(), gate.below(), other);
            sound &= other.good();
        }
        return new Point(
                name,
                gate.label(),
                Published.ONLY,
                Expected.between(gate.min(), gate.most()),
                number,
                gate.unit(),
                sound,
                false);
    }

    /** The run of a variant as it stands in the file. */
    private RunResult plain(String variant) {
        Map<String, RunResult> runs = results.computeIfAbsent(variant, v -> new TreeMap<>());
        run(null, variant, List.of(Published.ONLY), runs);
        return runs.get(Published.ONLY);
    }

    private List<Point> row(Measure measure, String name, String variant, List<Double> row) {
        Published published = measure.published().get(name);
        List<String> values = values(measure.sweep(), published);
        if (row.size() != values.size()) {
            throw wrong(name, variant, row.size() + " numbers", values.size() + " of the sweep");
        }
        Map<String, RunResult> runs = results.computeIfAbsent(variant, v -> new TreeMap<>());
        run(measure.sweep(), variant, values, runs);
        List<String> fitted = published.fitted().getOrDefault(variant, List.of());
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            RunResult run = runs.get(values.get(i));
            points.add(
                    new Point(
                            name,
                            variant,
                            values.get(i),
                            Expected.near(row.get(i), published.tolerance().value()),
                            number(published, run) / published.divide(),
                            published.unit(),
                            run.good(),
                            fitted.contains(values.get(i))));
        }
        return points;
    }

    private List<String> values(Sweep sweep, Published published) {
        if (sweep == null) {
            return List.of(Published.ONLY);
        }
        if (published.at() == null) {
            return sweep.values();
        }
        for (String value : published.at()) {
            if (!sweep.values().contains(value)) {
                throw wrong("", "", value, "one of the sweep, " + sweep.values());
            }
        }
        return published.at();
    }

    /** Adds the runs of a variant at those of the values that have none yet, all at once. */
    private void run(
            Sweep sweep, String variant, List<String> values, Map<String, RunResult> known) {
        List<String> missing = values.stream().filter(v -> !known.containsKey(v)).toList();
        List<BoundScenario> scenarios =
                missing.stream().map(v -> file.bind(variant, set(sweep, v))).toList();
        List<RunResult> runs =
                IntStream.range(0, scenarios.size())
                        .parallel()
                        .mapToObj(i -> runner.run(scenarios.get(i), SEED, Choices.PLAIN, s -> {}))
                        .toList();
        for (int i = 0; i < runs.size(); i++) {
            known.put(missing.get(i), runs.get(i));
        }
    }

    private static Map<String, String> set(Sweep sweep, String value) {
        return sweep == null ? Map.of() : Map.of(sweep.path(), value);
    }

    private double number(Published published, RunResult run) {
        return number(published.statistic(), published.value(), published.below(), run);
    }

    private double number(
            String name, Published.Quantile value, Picoseconds below, RunResult result) {
        Statistics statistics = result.statistics();
        Counter counter = statistics.counters().get(name);
        if (counter != null) {
            return counter.value();
        }
        Histogram histogram = statistics.latencies().get(name);
        if (histogram == null) {
            throw wrong("", "", "no statistic " + name, "see svasim list stats");
        }
        return switch (value) {
            case COUNT -> histogram.getTotalCount();
            case MEAN -> histogram.getMean();
            case MEDIAN -> histogram.getValueAtPercentile(MEDIAN);
            case P99 -> histogram.getValueAtPercentile(NEARLY_ALL);
            case MAX -> histogram.getMaxValue();
            case SHARE -> share(histogram, below.value());
        };
    }

    private static double share(Histogram histogram, long below) {
        long total = Math.max(1, histogram.getTotalCount());
        return (double) histogram.getCountBetweenValues(0, below - 1) / total;
    }

    private InvalidInput wrong(String name, String variant, String what, String remedy) {
        String path = "/measure/published/" + name + "/rows/" + variant;
        return new InvalidInput(Place.whole(file.name()), path, what, "expected " + remedy);
    }
}
