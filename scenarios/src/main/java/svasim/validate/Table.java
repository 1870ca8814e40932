package svasim.validate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Points as a table for people, and as objects for programs. */
public final class Table {
    private static final String FORM = "%-10s %-22s %10s %12s %12s %9s %9s  %s";

    private Table() {}

    /** A head line, a line per point, and a verdict. */
    public static List<String> text(List<Point> points) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        FORM,
                        "entry",
                        "variant",
                        "at",
                        "elsewhere",
                        "simulated",
                        "error",
                        "tolerance",
                        ""));
        points.forEach(point -> lines.add(line(point)));
        long unsound = points.stream().filter(point -> !point.sound()).count();
        long bad = points.stream().filter(point -> !point.good()).count() - unsound;
        long fitted = points.stream().filter(Point::fitted).count();
        lines.add(
                String.format(
                        "%d points, %d outside their tolerance, %d of runs that were not good; %d were"
                                + " used to choose parameters"
                                + " (fitted)",
                        points.size(), bad, unsound, fitted));
        return lines;
    }

    private static String line(Point point) {
        return String.format(
                FORM,
                point.comparison(),
                point.variant(),
                point.at(),
                String.format(Locale.ROOT, "%.1f %s", point.elsewhere(), point.unit()),
                String.format(Locale.ROOT, "%.1f %s", point.simulated(), point.unit()),
                String.format(Locale.ROOT, "%+.2f %%", point.errorPercent()),
                String.format(Locale.ROOT, "%.1f %%", point.tolerancePercent()),
                verdict(point) + (point.fitted() ? ", fitted" : ""));
    }

    private static String verdict(Point point) {
        if (!point.sound()) {
            return "RUN NOT GOOD";
        }
        return point.good() ? "ok" : "OUTSIDE";
    }

    /** One map per point. */
    public static List<Map<String, Object>> plain(List<Point> points) {
        return points.stream().map(Table::plain).toList();
    }

    private static Map<String, Object> plain(Point point) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("entry", point.comparison());
        plain.put("variant", point.variant());
        plain.put("at", point.at());
        plain.put("elsewhere", point.elsewhere());
        plain.put("simulated", point.simulated());
        plain.put("unit", point.unit());
        plain.put("error_percent", point.errorPercent());
        plain.put("tolerance_percent", point.tolerancePercent());
        plain.put("sound", point.sound());
        plain.put("fitted", point.fitted());
        plain.put("good", point.good());
        return plain;
    }
}
