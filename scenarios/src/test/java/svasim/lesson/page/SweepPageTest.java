package svasim.lesson.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The page of a sweep. */
class SweepPageTest {
    private static final Pattern IMPORT = Pattern.compile("from \"([a-z]+/[a-z]+)\"");
    private static final String TITLE = "Deep </script> & wide";

    /** Two lines of three sizes, each with three seeds. */
    private static String json() {
        StringBuilder groups = new StringBuilder();
        for (String unit : List.of("vtd", "smmu")) {
            for (int size = 1; size <= 4; size *= 2) {
                groups.append(groups.length() == 0 ? "" : ",")
                        .append(
                                String.format(
                                        """
                                        {"at": {"scenario": "s", "variant": "%s", "a.size": "%dKiB"}, "n": 3,
                                         "values": {"walk.ps/mean": [%d000, 200.5], "hits": [%d, null]},
                                         "latencies": {"walk.ps": {"count": 9, "percentiles":
                                           [[0, 500], [50, %d000], [90, 9000], [100, 20000]]}}}
                                        """,
                                        unit, size, size, size, size));
            }
        }
        return String.format(
                """
                {"title": "t", "aim": "Why?", "points": 18, "bad": 1, "missing": 0, "constant": 4,
                 "axes": [{"key": "variant", "values": ["vtd", "smmu"], "numbers": null, "unit": ""},
                   {"key": "a.size", "values": ["1KiB", "2KiB", "4KiB"],
                    "numbers": [1024, 2048, 4096], "unit": "B"}],
                 "statistics": ["hits", "walk.ps/mean"], "groups": [%s]}
                """,
                groups);
    }

    @Test
    void shouldImportOnlyWhatStandsBefore() {
        for (int i = 0; i < SweepPage.MODULES.size(); i++) {
            String name = SweepPage.MODULES.get(i);
            Matcher imports = IMPORT.matcher(Resources.read(name + ".js"));
            while (imports.find()) {
                String other = imports.group(1);
                assertTrue(SweepPage.MODULES.subList(0, i).contains(other), name + ": " + other);
            }
        }
    }

    @Nested
    @EnabledIf(
            value = "svasim.lesson.page.Browser#present",
            disabledReason = "needs chromium and chromedriver in /usr/bin")
    class InABrowser {
        @TempDir static Path folder;
        private static Browser browser;

        @BeforeAll
        static void open() throws IOException {
            browser = new Browser(folder);
            String page = browser.save("sweep.html", SweepPage.html(TITLE, json()));
            browser.asked();
            browser.open(page);
        }

        @AfterAll
        static void close() {
            browser.close();
        }

        private static Object script(String script) {
            return browser.script(script);
        }

        @Test
        void shouldDrawALineForEachVariantWithErrorBars() {
            assertEquals(TITLE, browser.text("h1"));
            assertEquals(2, browser.count("#lines .curve"));
            assertEquals(6, browser.count("#lines title"));
            assertEquals(
                    6L,
                    script(
                            "return [...document.querySelectorAll('#lines .whisker')]"
                                    + ".map(w => w.getAttribute('d').split('V').length - 1)"
                                    + ".reduce((a, b) => a + b)"));
            assertEquals(2, browser.count("#tails .curve"));
            assertEquals(List.of(), browser.complaints());
            assertEquals(List.of(), browser.asked());
        }

        @Test
        void shouldNameItsAxesWithUnits() {
            String text = (String) script("return document.querySelector('#lines').textContent");

            for (String part : List.of("1 KiB", "4 KiB", " ns", "a.size", "mean of walk")) {
                assertTrue(text.contains(part), part + " in " + text);
            }
        }

        @Test
        void shouldTellTheSameNumbersInATable() {
            assertEquals(6, browser.count("#table tbody tr"));
            String row =
                    (String) script("return document.querySelector('#table tbody tr').innerText");

            assertTrue(row.contains("1 ns") && row.contains("200.5 ps"), row);
            assertTrue(browser.text("#counts").contains("1 not as expected"));
        }

        private static void width(int pixels) {
            browser.command(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of(
                            "width",
                            pixels,
                            "height",
                            800,
                            "deviceScaleFactor",
                            1,
                            "mobile",
                            false));
            browser.module("await new Promise((later) => setTimeout(later, 100));");
        }

        @Test
        void shouldBeAccessibleInLightAndDarkWideAndNarrow() throws IOException {
            for (String colours : List.of("light", "dark")) {
                browser.colours(colours);
                for (int pixels : List.of(1280, 390)) {
                    width(pixels);
                    assertEquals(List.of(), browser.inaccessible(), colours + " " + pixels);
                }
            }
        }

        @Test
        void shouldStayLegibleWhereThereIsLittleRoom() {
            for (int pixels : List.of(1920, 1280, 390, 340)) {
                width(pixels);
                double size =
                        ((Number)
                                        script(
                                                "const svg = document.querySelector('#lines svg');"
                                                        + " return 12 * svg.clientWidth"
                                                        + " / svg.viewBox.baseVal.width"))
                                .doubleValue();
                assertTrue(size > 10, size + " pixels at " + pixels);
                assertEquals(
                        true,
                        script("return document.documentElement.scrollWidth <= innerWidth"),
                        pixels + " are too few");
            }
        }

        @Test
        void shouldDrawWhatIsChosen() {
            script(
                    "const one = document.querySelector('#choices select');"
                            + " one.value = 'hits'; one.dispatchEvent(new Event('change'))");
            assertEquals("hits", browser.text("#lines-title"));
            script(
                    "const one = document.querySelector('#choices select');"
                            + " one.value = 'walk.ps/mean'; one.dispatchEvent(new Event('change'))");
            assertEquals("walk.ps/mean", browser.text("#lines-title"));
        }
    }
}
