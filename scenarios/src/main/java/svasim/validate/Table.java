package svasim.validate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Points as a table for people, and as objects for programs. */
public final class Table {
    private static final List<String> HEADS =
            List.of("entry", "variant", "at", "elsewhere", "simulated", "error", "tolerance", "");

    /** Columns of words, which stand at the left. */
    private static final int WORDS = 2;

    private Table() {}

    /** A head line, a line per point, and a verdict. */
    public static List<String> text(List<Point> points) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADS));
        points.forEach(point -> rows.add(row(point)));
        String form = form(rows);
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(String.format(form, row.toArray())));
        lines.add(verdict(points));
        return lines;
    }

    /** Each column as wide as what stands in it; the last one is the verdict. */
    private static String form(List<List<String>> rows) {
        StringBuilder form = new StringBuilder();
        for (int column = 0; column < HEADS.size() - 1; column++) {
            int at = column;
            int width = rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(1);
            form.append(column < WORDS ? "%-" : "%").append(width).append("s  ");
        }
        return form.append("%s").toString();
    }

    /** How many points there are, and how many are not as they should be. */
    public static String verdict(List<Point> points) {
        long unsound = points.stream().filter(point -> !point.sound()).count();
        long bad = points.stream().filter(point -> !point.good()).count() - unsound;
        long fitted = points.stream().filter(Point::fitted).count();
        return String.format(
                "%d points, %d outside their tolerance, %d of runs that were not good; %d were used"
                        + " to choose parameters (fitted)",
                points.size(), bad, unsound, fitted);
    }

    private static List<String> row(Point point) {
        List<String> columns = new ArrayList<>(List.of(point.comparison()));
        columns.addAll(cells(point));
        columns.add(verdict(point) + origin(point));
        return columns;
    }

    /** Variant, place, both numbers, error and tolerance, as text. */
    public static List<String> cells(Point point) {
        return List.of(
                point.variant(),
                point.at(),
                elsewhere(point),
                Figures.with(point.simulated(), point.unit()),
                error(point),
                tolerance(point));
    }

    /** A share. */
    public static String percent(double number) {
        return String.format(Locale.ROOT, "%.1f %%", number);
    }

    /** The published number, or the bounds. */
    private static String elsewhere(Point point) {
        Expected expected = point.expected();
        return expected.isPoint()
                ? Figures.with(expected.elsewhere(), point.unit())
                : Figures.range(expected, point.unit());
    }

    /** In percent; empty where only bounds are known and hold. */
    private static String error(Point point) {
        boolean silent = !point.expected().isPoint() && point.errorPercent() == 0;
        return silent ? "" : String.format(Locale.ROOT, "%+.2f %%", point.errorPercent());
    }

    private static String tolerance(Point point) {
        Double percent = point.expected().tolerancePercent();
        return percent == null ? "bounds" : percent(percent);
    }

    private static String origin(Point point) {
        return point.fitted() ? ", fitted" : ", predicted";
    }

    private static String verdict(Point point) {
        if (!point.sound()) {
            return "RUN NOT GOOD";
        }
        return point.good() ? "ok" : "OUTSIDE";
    }

    /** One map per point. */
    public static List<Map<String, Object>> plain(Entry entry) {
        return entry.points().stream().map(point -> plain(entry.name(), point)).toList();
    }

    private static Map<String, Object> plain(String scenario, Point point) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("scenario", scenario);
        plain.put("entry", point.comparison());
        plain.put("variant", point.variant());
        plain.put("at", point.at());
        plain.put("elsewhere", point.expected().elsewhere());
        plain.put("low", point.expected().low());
        plain.put("high", finite(point.expected().high()));
        plain.put("simulated", point.simulated());
        plain.put("unit", point.unit());
        plain.put("error_percent", point.errorPercent());
        plain.put("tolerance_percent", point.expected().tolerancePercent());
        plain.put("sound", point.sound());
        plain.put("fitted", point.fitted());
        plain.put("good", point.good());
        return plain;
    }

    /** JSON has no infinity: no upper bound. */
    private static Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
