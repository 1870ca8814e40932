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
import svasim.binding.Node;
import svasim.binding.TreeReader;

/** Statistics that differ between two run directories, variant by variant. */
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
     * Compares all that stands in {@code stats.json}.
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

    /** Every value below a run directory, by variant, statistic and part. */
    private static Map<String, Long> values(Path run) throws IOException {
        if (!Files.isDirectory(run)) {
            throw new FileNotFoundException(run.toString());
        }
        Map<String, Long> values = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(f -> f.endsWith(FILE)).sorted().toList()) {
                Path variant = run.relativize(file.getParent());
                String prefix = variant.toString().isEmpty() ? "" : variant + "/";
                addAll(prefix, TreeReader.read(file.toString(), Files.readAllBytes(file)), values);
            }
        }
        if (values.isEmpty()) {
            throw new FileNotFoundException(run + " holds no " + FILE);
        }
        return values;
    }

    private static void addAll(String prefix, Node root, Map<String, Long> values) {
        for (Map.Entry<String, Node.Entry> kind : entries(root).entrySet()) {
            for (Map.Entry<String, Node.Entry> one : entries(kind.getValue().value()).entrySet()) {
                addParts(prefix + one.getKey(), one.getValue().value(), values);
            }
        }
    }

    /** A counter has one value; the parts of a latency are told apart. */
    private static void addParts(String name, Node statistic, Map<String, Long> values) {
        entries(statistic)
                .forEach(
                        (part, entry) -> {
                            if (entry.value() instanceof Node.Scalar number
                                    && number.form() == Node.Form.PLAIN) {
                                String whole = part.equals("value") ? name : name + "/" + part;
                                values.put(whole, Long.parseLong(number.text()));
                            }
                        });
    }

    private static Map<String, Node.Entry> entries(Node node) {
        return node instanceof Node.Mapping map ? map.entries() : Map.of();
    }
}
