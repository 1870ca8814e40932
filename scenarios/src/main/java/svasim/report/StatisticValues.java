package svasim.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import svasim.binding.Node;
import svasim.binding.TreeReader;

/** Reads the numbers of a file {@code stats.json}. */
public final class StatisticValues {
    private StatisticValues() {}

    /** By name; the parts of a latency are told apart: {@code iommu0.walk.latency.ps/p99}. */
    public static Map<String, Long> read(Path file) throws IOException {
        Map<String, Long> values = new TreeMap<>();
        Node root = TreeReader.read(file.toString(), Files.readAllBytes(file));
        for (Map.Entry<String, Node.Entry> kind : entries(root).entrySet()) {
            for (Map.Entry<String, Node.Entry> one : entries(kind.getValue().value()).entrySet()) {
                addParts(one.getKey(), one.getValue().value(), values);
            }
        }
        return values;
    }

    /** A counter has one value. */
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
