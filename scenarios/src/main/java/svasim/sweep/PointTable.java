package svasim.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.binding.InvalidInput;
import svasim.binding.Place;

/**
 * One row for each point: what it is, how it ended, what was measured. The columns before {@code
 * point} tell points apart; those behind {@code good} are numbers.
 */
final class PointTable {
    private static final String POINT = "point";
    private static final String GOOD = "good";

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

    /** What tells a point apart, as {@link #read} has it. */
    static String label(Row row) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("scenario", row.scenario());
        parts.put("variant", row.point().variant());
        parts.putAll(row.point().keys());
        parts.put("seed", Long.toString(row.point().seed()));
        return label(parts);
    }

    private static String label(Map<String, String> parts) {
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

    /** The numbers of a table, by point and column. */
    static Map<String, Long> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> head = lines.isEmpty() ? List.of() : Csv.cells(lines.get(0));
        int point = head.indexOf(POINT);
        int good = head.indexOf(GOOD);
        if (point < 0 || good < point) {
            throw new InvalidInput(
                    Place.whole(file.toString()),
                    "",
                    "not a table of points",
                    "expected points.csv, as svasim collect writes it");
        }
        Map<String, Long> values = new LinkedHashMap<>();
        for (int line = 1; line < lines.size(); line++) {
            List<String> cells = Csv.cells(lines.get(line));
            if (cells.size() != head.size()) {
                throw new InvalidInput(
                        new Place(file.toString(), line + 1, 1),
                        "",
                        cells.size() + " values",
                        "expected " + head.size());
            }
            Map<String, String> parts = new LinkedHashMap<>();
            for (int i = 0; i < point; i++) {
                parts.put(head.get(i), cells.get(i));
            }
            for (int i = good + 1; i < head.size(); i++) {
                if (!cells.get(i).isEmpty()) {
                    Place place = new Place(file.toString(), line + 1, 1);
                    values.put(label(parts) + "/" + head.get(i), number(place, cells.get(i)));
                }
            }
        }
        return values;
    }

    private static long number(Place place, String cell) {
        try {
            return Long.parseLong(cell);
        } catch (NumberFormatException e) {
            throw new InvalidInput(place, "", "\"" + cell + "\"", "expected a whole number");
        }
    }
}
