package svasim.validate.page;

import java.util.List;
import svasim.validate.Expected;
import svasim.validate.Figures;
import svasim.validate.Point;

/** A comparison without sweep: a row for each variant, with its tolerance or bounds as a bar. */
final class DotPlot {
    private static final double WIDTH = 720;
    private static final double LEFT = 170;
    private static final double RIGHT = WIDTH - 30;
    private static final double TOP = 10;
    private static final double ROW = 30;
    private static final double HALF_BAR = 8;
    private static final double FOOT = 44;

    private final List<Point> points;
    private final Scale across;

    DotPlot(List<Point> points) {
        this.points = points;
        double least = points.stream().mapToDouble(DotPlot::least).min().orElse(0);
        double most = points.stream().mapToDouble(DotPlot::most).max().orElse(1);
        across = Scale.even(Math.min(0, least), most, LEFT, RIGHT);
    }

    String draw(String id, String title, String description) {
        Svg svg = new Svg();
        double bottom = TOP + ROW * points.size();
        for (double tick : across.ticks()) {
            double x = across.at(tick);
            svg.add("<path d=\"M%.1f %.1fV%.1f\" class=\"grid\"/>", x, TOP, bottom);
            svg.label(x, bottom + 17, "tick middle", Figures.of(tick));
        }
        svg.add("<path d=\"M%.1f %.1fV%.1fH%.1f\" class=\"frame\"/>", LEFT, TOP, bottom, RIGHT);
        for (int i = 0; i < points.size(); i++) {
            row(svg, points.get(i), TOP + ROW * (i + 0.5));
        }
        svg.label((LEFT + RIGHT) / 2, bottom + 36, "axis middle", points.get(0).unit());
        return svg.drawing(id, WIDTH, bottom + FOOT, title, description);
    }

    private void row(Svg svg, Point point, double y) {
        Expected expected = point.expected();
        double from = across.at(expected.low());
        double to = Math.min(RIGHT, across.at(Math.min(expected.high(), Float.MAX_VALUE)));
        svg.add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"band c0\"/>",
                from, y - HALF_BAR, Math.max(1, to - from), 2 * HALF_BAR);
        if (expected.isPoint()) {
            svg.published(across.at(expected.elsewhere()), y, 0, point.fitted());
        }
        svg.simulated(across.at(point.simulated()), y, 1);
        svg.label(LEFT - 8, y + 4, "name end", name(point));
    }

    private static String name(Point point) {
        return point.at().equals("-") ? point.variant() : point.variant() + " at " + point.at();
    }

    private static double least(Point point) {
        return Math.min(point.simulated(), point.expected().low());
    }

    private static double most(Point point) {
        Expected expected = point.expected();
        double bound = Double.isFinite(expected.high()) ? expected.high() : expected.low() * 2;
        return Math.max(point.simulated(), bound);
    }
}
