package svasim.validate.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import svasim.lesson.page.Frame;
import svasim.lesson.page.Html;
import svasim.lesson.page.Resources;
import svasim.validate.Entry;
import svasim.validate.Point;
import svasim.validate.Table;

/** A single file with a plot and a table for each entry. */
public final class ValidationPage {
    private final StringBuilder body = new StringBuilder();

    private ValidationPage() {}

    /** The whole page. */
    public static String html(List<Entry> entries) {
        ValidationPage page = new ValidationPage();
        page.summary(entries);
        entries.forEach(page::entry);
        return Frame.still(
                "svasim: measured elsewhere, and simulated",
                Resources.read("validate/page.css"),
                Html.fill(
                        Resources.read("validate/page.html"),
                        Map.of("body", page.body.toString())));
    }

    private void summary(List<Entry> entries) {
        body.append("<table class=\"entries\">\n<caption>")
                .append(Html.text(Table.verdict(points(entries))))
                .append("</caption>\n<thead><tr><th>entry</th><th>points</th><th>predicted</th>")
                .append(
                        "<th>fitted</th><th>largest error of a prediction</th><th></th></tr></thead>")
                .append("\n<tbody>\n");
        entries.forEach(this::summaryRow);
        body.append("</tbody></table>\n");
    }

    private void summaryRow(Entry entry) {
        List<Point> points = entry.points();
        long fitted = points.stream().filter(Point::fitted).count();
        double worst =
                points.stream()
                        .filter(point -> !point.fitted() && point.expected().isPoint())
                        .mapToDouble(point -> Math.abs(point.errorPercent()))
                        .max()
                        .orElse(Double.NaN);
        body.append("<tr><th scope=\"row\"><a href=\"#").append(Html.text(entry.name()));
        body.append("\">").append(Html.text(entry.title())).append("</a></th>");
        cell(Integer.toString(points.size()));
        cell(Long.toString(points.size() - fitted));
        cell(Long.toString(fitted));
        cell(Double.isNaN(worst) ? "bounds only" : Table.percent(worst));
        body.append(verdict(points.stream().allMatch(Point::good))).append("</tr>\n");
    }

    private void entry(Entry entry) {
        body.append("<section id=\"").append(Html.text(entry.name())).append("\">\n<h2>");
        body.append(Html.text(entry.title())).append("</h2>\n<p class=\"aim\">");
        body.append(Html.text(entry.aim())).append("</p>\n");
        Map<String, List<Point>> comparisons =
                entry.points().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Point::comparison,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        comparisons.forEach((name, points) -> comparison(entry, name, points));
        body.append("</section>\n");
    }

    private void comparison(Entry entry, String name, List<Point> points) {
        String id = entry.name() + '-' + name;
        String title = entry.title() + ", " + name;
        body.append("<figure>\n<h3>").append(Html.text(name)).append("</h3>\n");
        body.append(plot(entry, id, title, points));
        body.append("<figcaption>Elsewhere: ");
        body.append(Html.text(entry.sources().getOrDefault(name, "")));
        body.append("</figcaption>\n");
        table(points);
        body.append("</figure>\n");
    }

    private static String plot(Entry entry, String id, String title, List<Point> points) {
        String words = Table.verdict(points) + ". The numbers are in the table below.";
        if (entry.sweep() == null || !LinePlot.fits(points)) {
            return new DotPlot(points).draw(id, title, words);
        }
        Map<String, List<Point>> series =
                points.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Point::variant, LinkedHashMap::new, Collectors.toList()));
        return new LinePlot(series).draw(id, title, entry.sweep(), words);
    }

    private void table(List<Point> points) {
        body.append(
                        "<details><summary>The same as a table</summary>\n<div class=\"wide\"><table>\n")
                .append("<thead><tr><th>variant</th><th>at</th><th>elsewhere</th>")
                .append("<th>simulated</th><th>error</th><th>tolerance</th><th>origin</th>")
                .append("<th>verdict</th></tr></thead>\n<tbody>\n");
        for (Point point : points) {
            body.append("<tr>");
            Table.cells(point).forEach(this::cell);
            cell(point.fitted() ? "fitted" : "predicted");
            body.append(verdict(point.good())).append("</tr>\n");
        }
        body.append("</tbody></table></div></details>\n");
    }

    private void cell(String text) {
        body.append("<td>").append(Html.text(text)).append("</td>");
    }

    private static String verdict(boolean good) {
        return good ? "<td class=\"good\">ok</td>" : "<td class=\"bad\">OUTSIDE</td>";
    }

    private static List<Point> points(List<Entry> entries) {
        return entries.stream().flatMap(entry -> entry.points().stream()).toList();
    }
}
