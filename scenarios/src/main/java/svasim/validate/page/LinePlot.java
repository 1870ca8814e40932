package svasim.validate.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import svasim.validate.Figures;
import svasim.validate.Point;

/** A comparison over the values of a sweep: a line, a band and points for each variant. */
final class LinePlot {
    private static final double WIDTH = 720;
    private static final double HEIGHT = 330;
    private static final double LEFT = 64;
    private static final double RIGHT = WIDTH - 150;
    private static final double TOP = 14;
    private static final double BOTTOM = HEIGHT - 52;
    private static final double BETWEEN_NAMES = 14;
    private static final double BETWEEN_VALUES = 6;

    /** About the width of a letter of a label. */
    private static final double LETTER = 7;

    private final Map<String, List<Point>> series;
    private final Scale across;
    private final Scale up;
    private final Svg svg = new Svg();

    LinePlot(Map<String, List<Point>> series) {
        this.series = series;
        List<Point> all = series.values().stream().flatMap(List::stream).toList();
        double[] x = all.stream().mapToDouble(LinePlot::x).sorted().toArray();
        boolean sizes = all.stream().allMatch(point -> Magnitude.of(point.at()).size());
        double most = x[x.length - 1];
        across =
                sizes
                        ? Scale.logarithmic(x[0], most, LEFT, RIGHT)
                        : Scale.even(x[0], most, LEFT, RIGHT);
        double least = all.stream().mapToDouble(LinePlot::least).min().orElse(0);
        double highest = all.stream().mapToDouble(LinePlot::most).max().orElse(1);
        up = Scale.even(least, highest, BOTTOM, TOP);
    }

    /** Whether every point has a value of a sweep that is a number, and some are not alike. */
    static boolean fits(List<Point> points) {
        return points.stream().allMatch(point -> Magnitude.of(point.at()) != null)
                && points.stream().map(Point::at).distinct().count() > 1;
    }

    /**
     * The drawing.
     *
     * @param axis path of the key that takes the values
     */
    String draw(String id, String title, String axis, String description) {
        grid();
        int number = 0;
        for (List<Point> points : series.values()) {
            band(points, number++);
        }
        number = 0;
        for (List<Point> points : series.values()) {
            line(points, number++);
        }
        names();
        svg.label((LEFT + RIGHT) / 2, HEIGHT - 8, "axis middle", axis);
        svg.label(LEFT, TOP - 3, "axis end", unit());
        return svg.drawing(id, WIDTH, HEIGHT, title, description);
    }

    private String unit() {
        return series.values().iterator().next().get(0).unit();
    }

    private void grid() {
        for (double tick : up.ticks()) {
            double y = up.at(tick);
            svg.add("<path d=\"M%.1f %.1fH%.1f\" class=\"grid\"/>", LEFT, y, RIGHT);
            svg.label(LEFT - 6, y + 4, "tick end", Figures.of(tick));
        }
        svg.add("<path d=\"M%.1f %.1fV%.1fH%.1f\" class=\"frame\"/>", LEFT, TOP, BOTTOM, RIGHT);
        double last = Double.NEGATIVE_INFINITY;
        for (Point point : inOrder()) {
            double x = across.at(x(point));
            double half = point.at().length() * LETTER / 2;
            if (x - half >= last + BETWEEN_VALUES) {
                svg.label(x, BOTTOM + 18, "tick middle", point.at());
                last = x + half;
            }
        }
    }

    private List<Point> inOrder() {
        return series.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingDouble(LinePlot::x))
                .toList();
    }

    private void band(List<Point> points, int number) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(corner(path.isEmpty(), point, point.expected().high()));
        }
        for (int i = points.size() - 1; i >= 0; i--) {
            path.append(corner(false, points.get(i), points.get(i).expected().low()));
        }
        svg.add("<path d=\"%sZ\" class=\"band c%d\"/>", path, number);
    }

    private void line(List<Point> points, int number) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(corner(path.isEmpty(), point, point.simulated()));
        }
        svg.add("<path d=\"%s\" class=\"line c%d\"/>", path, number);
        for (Point point : points) {
            double x = across.at(x(point));
            svg.published(x, up.at(point.expected().elsewhere()), number, point.fitted());
        }
    }

    private String corner(boolean first, Point point, double number) {
        return String.format(
                Locale.ROOT, "%s%.1f %.1f", first ? "M" : "L", across.at(x(point)), up.at(number));
    }

    /** Beside the ends of the lines, as far apart as their letters are high. */
    private void names() {
        List<String> names = new ArrayList<>(series.keySet());
        List<String> byHeight = new ArrayList<>(names);
        byHeight.sort(Comparator.comparingDouble(this::end));
        double last = Double.NEGATIVE_INFINITY;
        for (String name : byHeight) {
            double y = Math.max(end(name), last + BETWEEN_NAMES);
            svg.label(RIGHT + 10, y + 4, "name t" + names.indexOf(name), name);
            last = y;
        }
    }

    private double end(String name) {
        List<Point> points = series.get(name);
        return up.at(points.get(points.size() - 1).simulated());
    }

    private static double x(Point point) {
        return Magnitude.of(point.at()).number();
    }

    private static double least(Point point) {
        return Math.min(point.simulated(), point.expected().low());
    }

    private static double most(Point point) {
        return Math.max(point.simulated(), point.expected().high());
    }
}
