package svasim.lesson.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is put into the pages, without a browser. */
class ResourcesTest {
    private static final Pattern IMPORT = Pattern.compile("from \"([^\"]+)\"");
    private static final Path SOURCES = Path.of("src/main/resources/svasim/lesson");
    private static final int LONGEST = 250;

    @Test
    void everyModuleShouldBeInThePage() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            assertEquals(
                    new TreeSet<>(Resources.MODULES),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".js"))
                            .map(name -> name.substring(0, name.length() - 3))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void modulesShouldBeSmallAndImportOnlyThoseBeforeThem() {
        for (int i = 0; i < Resources.MODULES.size(); i++) {
            String name = Resources.MODULES.get(i);
            List<String> before =
                    Resources.MODULES.subList(0, i).stream().map(one -> "lesson/" + one).toList();
            String source = Resources.text(name + ".js");
            assertTrue(source.lines().count() < LONGEST, name + " is long");
            assertTrue(source.startsWith("// "), name + " does not say what it is");
            IMPORT.matcher(source)
                    .results()
                    .forEach(
                            found ->
                                    assertTrue(
                                            before.contains(found.group(1)),
                                            name + " imports " + found.group(1)));
        }
    }

    @Test
    void modulesShouldPutDataIntoThePageAsTextOnly() {
        for (String name : Resources.MODULES) {
            String source = Resources.text(name + ".js");
            for (String forbidden :
                    List.of(
                            "innerHTML",
                            "outerHTML",
                            "insertAdjacentHTML",
                            "document.write",
                            "eval(")) {
                assertFalse(source.contains(forbidden), name + " uses " + forbidden);
            }
        }
    }

    @Test
    void pageShouldHoldNoAddressOfANetwork() throws IOException {
        String page = LessonPage.html("t", "{}");
        assertFalse(page.contains("src=\""));
        assertFalse(Pattern.compile("href=\"(?!data:)").matcher(page).find());
        assertTrue(page.contains("default-src 'none'"));
    }

    @Test
    void dataShouldNotEndTheElementThatHoldsIt() {
        String page = LessonPage.html("</title><b>", "{\"a\":\"</script><b>\"}");
        assertFalse(page.contains("<b>"));
        assertTrue(page.contains("\\u003c/script>"));
        assertTrue(page.contains("<title>&lt;/title&gt;&lt;b&gt;</title>"));
    }

    @Test
    void templateShouldNotBeFilledInsideOfValues() {
        assertEquals("$1 {{b}} y", Html.fill("{{a}} {{b}}", Map.of("a", "$1 {{b}}", "b", "y")));
        assertThrows(IllegalStateException.class, () -> Html.fill("{{c}}", Map.of()));
    }

    @Test
    void courseShouldLinkItsLessonsInOrder() {
        String index =
                CoursePage.html(
                        "SVA <by> lessons",
                        "Ten steps.",
                        List.of(
                                new CoursePage.Entry(
                                        1, "What is a PASID?", "A number & its owner", "01.html"),
                                new CoursePage.Entry(2, "ATS", "Who asks?", "a\"b.html")));
        assertTrue(index.contains("SVA &lt;by&gt; lessons"));
        assertTrue(
                index.contains(
                        "<li value=\"1\"><a href=\"01.html\">What is a PASID?</a><p>A number &amp; its owner</p></li>"));
        assertTrue(index.contains("href=\"a&quot;b.html\""));
        assertTrue(index.indexOf("01.html") < index.indexOf("a&quot;b.html"));
    }
}
