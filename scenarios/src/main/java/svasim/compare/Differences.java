package svasim.compare;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import svasim.report.StatisticValues;
import svasim.sweep.Collected;
import svasim.sweep.Plan;

/** Statistics that differ between two run directories or sweeps, variant by variant. */
public final class Differences {
    private static final String FILE = "stats.json";
    private static final double PERCENT = 100;

    private final double threshold;
    private final List<Difference> found = new ArrayList<>();
    private int compared;

    private Differences(double threshold) {
        this.threshold = threshold;
    }

    /**
     * One value that differs.
     *
     * @param name of the statistic, behind its variant and before its part: {@code
     *     fixed/iommu0.walk.latency.ps/p99}
     * @param first null if only the second run has it
     * @param second null if only the first run has it
     */
    public record Difference(String name, Long first, Long second) {
        /** By how much the second is larger than the first; infinite from nothing or to nothing. */
        public double percent() {
            if (first == null || second == null || first == 0) {
                return second == null ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            return PERCENT * (second - first) / Math.abs((double) first);
        }
    }

    /**
     * Compares all that stands in {@code stats.json}; of sweeps and of tables that {@code collect}
     * has made of them, point by point.
     *
     * @param threshold percent of the first value up to which two values count as the same
     * @throws FileNotFoundException if one is no run directory
     */
    public static Differences between(Path first, Path second, double threshold)
            throws IOException {
        Differences differences = new Differences(threshold);
        differences.compare(values(first), values(second));
        return differences;
    }

    public List<Difference> found() {
        return List.copyOf(found);
    }

    /** Percent up to which two values count as the same. */
    double threshold() {
        return threshold;
    }

    /** Values that either of them has. */
    int compared() {
        return compared;
    }

    private void compare(Map<String, Long> first, Map<String, Long> second) {
        TreeSet<String> names = new TreeSet<>(first.keySet());
        names.addAll(second.keySet());
        compared = names.size();
        for (String name : names) {
            Difference difference = new Difference(name, first.get(name), second.get(name));
            boolean same =
                    difference.first() != null && difference.first().equals(difference.second());
            if (!same && Math.abs(difference.percent()) > threshold) {
                found.add(difference);
            }
        }
    }

    /** Every value of runs or of points of a sweep, by variant or point, statistic and part. */
    private static Map<String, Long> values(Path run) throws IOException {
        if (Files.isRegularFile(run) || Files.exists(run.resolve(Plan.FILE))) {
            return Collected.values(run);
        }
        if (!Files.isDirectory(run)) {
            throw new FileNotFoundException(run.toString());
        }
        Map<String, Long> values = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(f -> f.endsWith(FILE)).sorted().toList()) {
                Path variant = run.relativize(file.getParent());
                String prefix = variant.toString().isEmpty() ? "" : variant + "/";
                StatisticValues.read(file).forEach((name, v) -> values.put(prefix + name, v));
            }
        }
        if (values.isEmpty()) {
            throw new FileNotFoundException(run + " holds no " + FILE);
        }
        return values;
    }
}
