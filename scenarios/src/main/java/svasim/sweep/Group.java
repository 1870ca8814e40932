package svasim.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import svasim.stats.Statistics;

/**
 * Points that differ in the seed only.
 *
 * @param estimates of each statistic that a point of it has
 * @param merged every time that any of them recorded
 */
record Group(Row.Setting setting, Map<String, Estimate> estimates, Statistics merged, int n) {
    static Group of(Row.Setting setting, List<Row> rows, Collection<String> names)
            throws IOException {
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        for (String name : names) {
            List<Long> values =
                    rows.stream().map(r -> r.values().get(name)).filter(Objects::nonNull).toList();
            if (!values.isEmpty()) {
                estimates.put(name, Estimate.of(values));
            }
        }
        return new Group(setting, estimates, merged(rows), rows.size());
    }

    private static Statistics merged(List<Row> rows) throws IOException {
        Map<String, List<Histogram>> all = new TreeMap<>();
        for (Row row : rows) {
            try (HistogramLogReader log =
                    new HistogramLogReader(row.folder().resolve("latency.hlog").toFile())) {
                for (EncodableHistogram one = log.nextIntervalHistogram();
                        one != null;
                        one = log.nextIntervalHistogram()) {
                    all.computeIfAbsent(one.getTag(), tag -> new ArrayList<>())
                            .add((Histogram) one);
                }
            }
        }
        Statistics merged = new Statistics();
        all.forEach(
                (name, parts) -> {
                    Histogram sum = merged.latency(name, "times of " + parts.size() + " runs");
                    parts.forEach(sum::add);
                });
        return merged;
    }
}
