package svasim.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row for each point: what it is, how it ended, what was measured. The columns before {@code
 * point} tell points apart; those behind {@code good} are numbers.
 */
final class PointTable {
    static final String POINT = "point";
    static final String GOOD = "good";

    private PointTable() {}

    static String csv(Collected all) {
        List<String> head = new ArrayList<>(List.of("scenario", "variant"));
        head.addAll(all.keys());
        head.addAll(List.of("seed", POINT, "end", GOOD, "time_ps", "events"));
        head.addAll(all.statistics());
        StringBuilder csv = new StringBuilder(Csv.line(head));
        for (Row row : all.rows()) {
            Point point = row.point();
            List<String> cells = new ArrayList<>(List.of(row.scenario(), point.variant()));
            all.keys().forEach(key -> cells.add(point.keys().getOrDefault(key, "")));
            cells.add(Long.toString(point.seed()));
            cells.add(Integer.toString(point.number()));
            cells.add(row.result().end().name());
            cells.add(Boolean.toString(row.result().good()));
            cells.add(Long.toString(row.result().timePs()));
            cells.add(Long.toString(row.result().events()));
            for (String name : all.statistics()) {
                Long value = row.values().get(name);
                cells.add(value == null ? "" : value.toString());
            }
            csv.append(Csv.line(cells));
        }
        return csv.toString();
    }

    /** What tells a point apart, as {@link TableReader} has it. */
    static String label(Row row) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("scenario", row.scenario());
        parts.put("variant", row.point().variant());
        parts.putAll(row.point().keys());
        parts.put("seed", Long.toString(row.point().seed()));
        return label(parts);
    }

    static String label(Map<String, String> parts) {
        List<String> words = new ArrayList<>();
        parts.forEach(
                (key, value) -> {
                    if (!value.isEmpty()) {
                        boolean named = !key.equals("scenario") && !key.equals("variant");
                        words.add(named ? key + "=" + value : value);
                    }
                });
        return String.join(" ", words);
    }
}
