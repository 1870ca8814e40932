package svasim.validate.page;

import java.util.Locale;
import svasim.lesson.page.Html;

/** Text of a drawing; every number with one decimal, so that it is the same everywhere. */
final class Svg {
    private final StringBuilder text = new StringBuilder();

    /** A line of markup, with places for numbers and text that is safe. */
    Svg add(String form, Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append('\n');
        return this;
    }

    Svg label(double x, double y, String classes, String words) {
        return add(
                "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>",
                x, y, classes, Html.text(words));
    }

    /** What was published: filled if predicted, hollow and square if fitted. */
    Svg published(double x, double y, int series, boolean fitted) {
        return fitted
                ? add(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"9\" height=\"9\" class=\"mark hollow c%d\"/>",
                        x - 4.5, y - 4.5, series)
                : add(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" class=\"mark full c%d\"/>",
                        x, y, series);
    }

    /** What was simulated. */
    Svg simulated(double x, double y, int series) {
        return add(
                "<path d=\"M%.1f %.1fl8 8m0 -8l-8 8\" class=\"cross c%d\"/>", x - 4, y - 4, series);
    }

    /**
     * The whole drawing.
     *
     * @param title its short name
     * @param description what it shows, in words
     */
    String drawing(String id, double width, double height, String title, String description) {
        return String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-labelledby=\"%s-t %s-d\">%n"
                                + "<title id=\"%s-t\">%s</title>%n<desc id=\"%s-d\">%s</desc>%n%s</svg>%n",
                        width,
                        height,
                        id,
                        id,
                        id,
                        Html.text(title),
                        id,
                        Html.text(description),
                        text)
                .replace("\r\n", "\n");
    }
}
