package svasim.compare;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import svasim.binding.InvalidInput;
import svasim.report.Reading;
import svasim.report.Selection;
import svasim.report.StatisticAt;
import svasim.report.StatisticValues;
import svasim.sweep.Collected;
import svasim.sweep.Plan;

/** Statistics that differ between two run directories or sweeps, variant by variant. */
public final class Differences {
    private static final String FILE = "stats.json";
    private static final double PERCENT = 100;

    private final Thresholds thresholds;
    private final List<Difference> found = new ArrayList<>();
    private int compared;
    private int byChance;

    private Differences(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /**
     * One value that differs.
     *
     * @param first null if only the second run has it
     * @param second null if only the first run has it
     */
    public record Difference(StatisticAt name, Reading first, Reading second) {
        /** By how much the second is larger than the first; infinite from nothing or to nothing. */
        public double percent() {
            if (first == null || second == null || first.value().signum() == 0) {
                return second == null ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            double before = first.value().doubleValue();
            return PERCENT
                    * second.value().subtract(first.value()).doubleValue()
                    / Math.abs(before);
        }
    }

    /**
     * Compares all that stands in {@code stats.json}; of sweeps and of tables that {@code collect}
     * has made of them, point by point or group by group. Means over seeds whose intervals overlap
     * count as the same.
     *
     * @param chosen statistics, each with or without its part; all if empty
     * @throws FileNotFoundException if one is no run directory
     * @throws InvalidInput if a statistic is named that neither has
     */
    public static Differences between(
            Path first, Path second, Thresholds thresholds, List<String> chosen)
            throws IOException {
        Differences differences = new Differences(thresholds);
        differences.compare(values(first), values(second), chosen);
        return differences;
    }

    public List<Difference> found() {
        return List.copyOf(found);
    }

    Thresholds thresholds() {
        return thresholds;
    }

    /** Values that either of them has. */
    int compared() {
        return compared;
    }

    /** Means that differ by more than the threshold, but not by more than chance may do. */
    int byChance() {
        return byChance;
    }

    private void compare(
            Map<StatisticAt, Reading> first,
            Map<StatisticAt, Reading> second,
            List<String> chosen) {
        TreeSet<StatisticAt> names = new TreeSet<>(first.keySet());
        names.addAll(second.keySet());
        Set<String> statistics = new TreeSet<>();
        names.forEach(name -> statistics.add(name.statistic()));
        Selection.of("--threshold", thresholds.named().keySet(), statistics);
        Set<String> wanted =
                chosen.isEmpty() ? statistics : Selection.of("--stats", chosen, statistics);
        names.removeIf(name -> !wanted.contains(name.statistic()));
        compared = names.size();
        for (StatisticAt name : names) {
            compare(new Difference(name, first.get(name), second.get(name)));
        }
    }

    private void compare(Difference pair) {
        boolean both = pair.first() != null && pair.second() != null;
        boolean same = both && pair.first().value().compareTo(pair.second().value()) == 0;
        double threshold = thresholds.of(pair.name().statistic());
        if (same || Math.abs(pair.percent()) <= threshold) {
            return;
        }
        if (both && pair.first().mayBe(pair.second())) {
            byChance++;
        } else {
            found.add(pair);
        }
    }

    /** Every value of runs or of points of a sweep, by variant or point, statistic and part. */
    private static Map<StatisticAt, Reading> values(Path run) throws IOException {
        if (Files.isRegularFile(run) || Files.exists(run.resolve(Plan.FILE))) {
            return Collected.readings(run);
        }
        if (!Files.isDirectory(run)) {
            throw new FileNotFoundException(run.toString());
        }
        Map<StatisticAt, Reading> values = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(f -> f.endsWith(FILE)).sorted().toList()) {
                Path variant = run.relativize(file.getParent());
                StatisticValues.read(file)
                        .forEach(
                                (name, value) ->
                                        values.put(
                                                new StatisticAt(variant.toString(), name),
                                                Reading.exact(value)));
            }
        }
        if (values.isEmpty()) {
            throw new FileNotFoundException(run + " holds no " + FILE);
        }
        return values;
    }
}
