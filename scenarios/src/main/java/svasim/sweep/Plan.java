package svasim.sweep;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.binding.InvalidInput;
import svasim.binding.JsonText;
import svasim.binding.Node;
import svasim.binding.Place;
import svasim.binding.TreeReader;

/**
 * The points of a sweep as a file: a head, then one line of JSON for each point.
 *
 * @param scenario the file, with its whole path
 * @param out folder of the results, with its whole path
 * @param points in order
 */
public record Plan(Path scenario, Path out, List<Point> points) {
    /** Name of the plan in the folder of its results. */
    public static final String FILE = "plan.jsonl";

    public Plan {
        points = List.copyOf(points);
    }

    /** Keys that are swept or set, in order. */
    public List<String> keys() {
        return points.isEmpty() ? List.of() : List.copyOf(points.get(0).keys().keySet());
    }

    /** Writes it in one piece. */
    public void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("plan", 1);
        head.put("scenario", scenario.toString());
        head.put("out", out.toString());
        head.put("points", points.size());
        text.append(JsonText.compact(head)).append('\n');
        for (Point point : points) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("point", point.number());
            line.put("variant", point.variant());
            line.put("keys", point.keys());
            line.put("seed", point.seed());
            line.put("hash", point.hash());
            text.append(JsonText.compact(line)).append('\n');
        }
        Durable.write(file, text.toString());
    }

    /**
     * @throws InvalidInput if the file is no plan
     */
    public static Plan read(Path file) throws IOException {
        List<Point> points = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            Plan head = head(file, lines.readLine());
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                points.add(point(file, line));
            }
            return new Plan(head.scenario(), head.out(), points);
        }
    }

    /**
     * A plan with one of its points only; the others are not looked at.
     *
     * @throws InvalidInput if there is none of this number
     */
    public static Plan read(Path file, int number) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            Plan head = head(file, lines.readLine());
            int at = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (at == number) {
                    return new Plan(head.scenario(), head.out(), List.of(point(file, line)));
                }
                at++;
            }
            String known = at == 0 ? "the plan is empty" : "it has 0.." + (at - 1);
            throw new InvalidInput(Place.whole(file.toString()), "", "no point " + number, known);
        }
    }

    private static Plan head(Path file, String line) {
        Map<String, Node.Entry> head = entries(file, line);
        if (!head.containsKey("plan")) {
            throw noPlan(file);
        }
        return new Plan(
                Path.of(text(file, head, "scenario")), Path.of(text(file, head, "out")), List.of());
    }

    private static Point point(Path file, String line) {
        Map<String, Node.Entry> point = entries(file, line);
        Map<String, String> keys = new LinkedHashMap<>();
        if (point.containsKey("keys") && point.get("keys").value() instanceof Node.Mapping map) {
            map.entries().keySet().forEach(key -> keys.put(key, text(file, map.entries(), key)));
        }
        try {
            return new Point(
                    Integer.parseInt(text(file, point, "point")),
                    text(file, point, "variant"),
                    keys,
                    Long.parseLong(text(file, point, "seed")),
                    text(file, point, "hash"));
        } catch (NumberFormatException e) {
            throw noPlan(file);
        }
    }

    private static Map<String, Node.Entry> entries(Path file, String line) {
        if (line != null
                && TreeReader.parse(file.getFileName() + ".json", line) instanceof Node.Mapping m) {
            return m.entries();
        }
        throw noPlan(file);
    }

    private static String text(Path file, Map<String, Node.Entry> entries, String key) {
        Node.Entry entry = entries.get(key);
        if (entry != null && entry.value() instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        throw noPlan(file);
    }

    private static InvalidInput noPlan(Path file) {
        return new InvalidInput(
                Place.whole(file.toString()),
                "",
                "not a plan",
                "expected a file that svasim sweep has written");
    }
}
