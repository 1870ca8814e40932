package svasim.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import svasim.binding.JsonText;
import svasim.binding.Node;
import svasim.binding.TreeReader;
import svasim.lesson.page.SweepPage;

/** What the page of a sweep shows, as JSON; statistics that never differ are only counted. */
final class PageData {
    /** Percentiles of the curves: closer together towards the end, where the tail is. */
    private static final double[] PERCENTILES = {
        0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97, 98, 99, 99.5, 99.75, 99.9,
        99.95, 99.99, 99.999, 100
    };

    private final Collected all;
    private final List<Group> groups;

    private PageData(Collected all, List<Group> groups) {
        this.all = all;
        this.groups = groups;
    }

    static String html(Collected all, List<Group> groups) throws IOException {
        PageData data = new PageData(all, groups);
        String title = all.rows().isEmpty() ? "Sweep" : data.word("title");
        return SweepPage.html(title, JsonText.compact(data.plain()));
    }

    /** A word of the scenario, as it was when it was run. */
    private String word(String key) throws IOException {
        if (all.rows().isEmpty()) {
            return "";
        }
        Path file = all.rows().get(0).folder().resolve("effective.yaml");
        Node root = TreeReader.read(file.toString(), Files.readAllBytes(file));
        return root instanceof Node.Mapping map && map.get(key) instanceof Node.Scalar word
                ? word.text()
                : "";
    }

    private Map<String, Object> plain() throws IOException {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("aim", word("aim"));
        plain.put("points", all.size());
        plain.put("bad", all.bad().size());
        plain.put("missing", all.missing().size());
        plain.put("axes", axes());
        List<String> varying = all.statistics().stream().filter(this::varies).toList();
        plain.put("statistics", varying);
        plain.put("constant", all.statistics().size() - varying.size());
        plain.put("groups", groups.stream().map(group -> group(group, varying)).toList());
        return plain;
    }

    /** What differs between groups, with its values in the order of the plan. */
    private List<Object> axes() {
        List<Object> axes = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of("scenario", "variant"));
        names.addAll(all.keys());
        for (String name : names) {
            Set<String> values = new LinkedHashSet<>();
            groups.forEach(group -> values.add(value(group, name)));
            if (values.size() > 1) {
                Map<String, Object> axis = new LinkedHashMap<>();
                axis.put("key", name);
                axis.put("values", List.copyOf(values));
                List<Object> numbers = new ArrayList<>();
                values.forEach(value -> numbers.add(Quantity.number(value)));
                axis.put("numbers", numbers.contains(null) ? null : numbers);
                axis.put("unit", Quantity.unit(values));
                axes.add(axis);
            }
        }
        return axes;
    }

    private static String value(Group group, String name) {
        return switch (name) {
            case "scenario" -> group.setting().scenario();
            case "variant" -> group.setting().variant();
            default -> group.setting().keys().getOrDefault(name, "");
        };
    }

    private boolean varies(String statistic) {
        return all.rows().stream().map(row -> row.values().get(statistic)).distinct().count() > 1;
    }

    private Map<String, Object> group(Group group, List<String> varying) {
        Map<String, Object> plain = new LinkedHashMap<>();
        Map<String, Object> at = new LinkedHashMap<>();
        at.put("scenario", group.setting().scenario());
        at.put("variant", group.setting().variant());
        at.putAll(group.setting().keys());
        plain.put("at", at);
        plain.put("n", group.n());
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : varying) {
            Estimate estimate = group.estimates().get(name);
            if (estimate != null) {
                Double half = Double.isNaN(estimate.half()) ? null : estimate.half();
                List<Object> pair = new ArrayList<>();
                pair.add(estimate.mean());
                pair.add(half);
                values.put(name, pair);
            }
        }
        plain.put("values", values);
        Map<String, Object> curves = new LinkedHashMap<>();
        group.merged()
                .latencies()
                .forEach(
                        (name, histogram) -> {
                            if (histogram.getTotalCount() > 0 && shows(varying, name)) {
                                curves.put(name, curve(histogram));
                            }
                        });
        plain.put("latencies", curves);
        return plain;
    }

    private static boolean shows(List<String> varying, String latency) {
        return varying.stream().anyMatch(name -> name.startsWith(latency + "/"));
    }

    private static Map<String, Object> curve(Histogram histogram) {
        Map<String, Object> curve = new LinkedHashMap<>();
        curve.put("count", histogram.getTotalCount());
        List<Object> points = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            boolean resolved =
                    percentile == 100 || (100 - percentile) / 100 * histogram.getTotalCount() >= 1;
            if (resolved) {
                points.add(List.of(percentile, histogram.getValueAtPercentile(percentile)));
            }
        }
        curve.put("percentiles", points);
        return curve;
    }
}
