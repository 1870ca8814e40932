package svasim.validate.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import svasim.validate.Entry;
import svasim.validate.Expected;
import svasim.validate.Point;

class ValidationPageTest {
    private static final Entry SWEPT =
            new Entry(
                    "swept",
                    "A <title>",
                    "An aim & more",
                    "machine.window",
                    Map.of("latency", "somebody's \"data\""),
                    List.of(
                            point("latency", "off", "4KiB", 100, 101, true),
                            point("latency", "off", "64KiB", 110, 111, false),
                            point("latency", "off", "1MiB", 120, 150, false)));
    private static final Entry PLAIN =
            new Entry(
                    "plain",
                    "Ratios",
                    "",
                    null,
                    Map.of("ratio", "a paper"),
                    List.of(
                            new Point(
                                    "ratio",
                                    "a / b",
                                    "-",
                                    Expected.between(2, Double.POSITIVE_INFINITY),
                                    3,
                                    "x",
                                    true,
                                    false)));

    private static Point point(
            String name, String variant, String at, double there, double here, boolean fitted) {
        Expected expected = Expected.near(there, 10);
        return new Point(name, variant, at, expected, here, "ns", true, fitted);
    }

    private static String page() {
        return ValidationPage.html(List.of(SWEPT, PLAIN));
    }

    private static List<String> found(String text, String pattern) {
        List<String> all = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        return all;
    }

    private static int count(String text, String pattern) {
        return (int) Pattern.compile(pattern).matcher(text).results().count();
    }

    /** The page from its first figure on: the legend has marks, too. */
    private static String figures() {
        String page = page();
        return page.substring(page.indexOf("<figure>"));
    }

    @Test
    void shouldHaveASectionForEachEntryAndAFigureForEachComparison() {
        assertEquals(List.of("swept", "plain"), found(page(), "<section id=\"([^\"]*)\">"));
        assertEquals(List.of("latency", "ratio"), found(page(), "<h3>([^<]*)</h3>"));
        assertEquals(2, count(figures(), "<svg "));
    }

    @Test
    void shouldAskTheNetworkForNothing() {
        String page = page().replace("<link rel=\"icon\" href=\"data:,\">", "");
        assertEquals(0, count(page, "(?i)https?:|src=|url\\(|@import|<script|<link"));
        found(page, "href=\"([^\"]*)\"").forEach(to -> assertTrue(to.startsWith("#"), to));
        assertTrue(page.contains("default-src 'none'; style-src"), page);
    }

    @Test
    void shouldTellEachPlotInWordsAndRepeatItsNumbersAsATable() {
        for (String drawing : found(figures(), "(?s)(<svg .*?</svg>)")) {
            List<String> names = found(drawing, "aria-labelledby=\"([^\"]*)\"");
            for (String id : names.get(0).split(" ")) {
                assertEquals(1, count(drawing, " id=\"" + id + "\">[^<]+<"), id);
            }
            assertTrue(drawing.contains("role=\"img\""));
        }
        assertEquals(4, count(figures(), "<tr><td>"));
        assertTrue(figures().contains("<td>110 ns</td><td>111 ns</td><td>+0.91 %</td>"));
    }

    @Test
    void shouldDrawFittedPointsHollowAndPredictedOnesFull() {
        assertEquals(1, count(figures(), "class=\"mark hollow"));
        assertEquals(2, count(figures(), "class=\"mark full"));
        assertEquals(1, count(figures(), "<td>fitted</td>"));
        assertEquals(3, count(figures(), "<td>predicted</td>"));
    }

    @Test
    void shouldMarkWhatIsOutsideInTheSummaryAndInItsRow() {
        assertEquals(2, count(page(), "<td class=\"bad\">"));
        assertTrue(page().contains("4 points, 1 outside their tolerance"));
    }

    @Test
    void shouldKeepTextText() {
        assertTrue(page().contains("<h2>A &lt;title&gt;</h2>"));
        assertTrue(page().contains("An aim &amp; more"));
        assertFalse(page().contains("{{"));
    }

    @Test
    void shouldPutSizesAtEqualDistancesForEqualRatios() {
        List<Double> places =
                found(figures(), "<(?:circle cx|rect x)=\"([0-9.]+)\"[^>]*class=\"mark").stream()
                        .map(Double::valueOf)
                        .toList();

        double first = places.get(0) + 4.5;
        assertEquals(places.get(1) - first, places.get(2) - places.get(1), 0.2);
    }

    @Test
    void shouldHaveTheSameBytesForTheSameResults() {
        assertEquals(page(), page());
    }
}
