package svasim.lesson.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;
import svasim.lesson.LessonData;
import svasim.lesson.Wish;
import svasim.run.MachineAssembly;
import svasim.run.Runner;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** Every lesson of the course, told anew and opened. */
@EnabledIf(
        value = "svasim.lesson.page.Browser#present",
        disabledReason = "needs chromium and chromedriver in /usr/bin")
class ShippedLessonsTest {
    private static final int LARGEST_BYTES = 2_000_000;
    private static final int MOST_ELEMENTS = 4000;

    /** The lesson with the most on its page; the check of all would take a minute. */
    private static final String CHECKED = "07-";

    @TempDir static Path folder;
    private static Browser browser;

    @BeforeAll
    static void startBrowser() {
        browser = new Browser(folder);
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    static Stream<Path> lessons() throws IOException {
        return Home.files().stream().filter(file -> file.getParent().endsWith("lessons"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lessons")
    void lessonShouldOpenAndBeWalkedThrough(Path file) throws IOException {
        Runner runner = new Runner(new MachineAssembly());
        LessonData lesson = LessonData.of(runner, ScenarioFile.read(file), Wish.plain(0));
        String html = lesson.html();
        assertTrue(
                html.getBytes(StandardCharsets.UTF_8).length < LARGEST_BYTES,
                () -> "bytes of the page: " + html.length());
        browser.open(browser.save("lesson.html", html));

        List<?> stories = (List<?>) lesson.plain().get("stories");
        for (int story = 0; story < stories.size(); story++) {
            walk((Map<?, ?>) stories.get(story));
        }
        assertEquals(List.of(), browser.complaints());
        if (file.getFileName().toString().startsWith(CHECKED)) {
            assertEquals(List.of(), browser.inaccessible());
        }
    }

    private static void walk(Map<?, ?> story) {
        String key = (String) story.get("key");
        browser.script("location.hash = '#step=1&story=' + encodeURIComponent(arguments[0])", key);
        int steps = ((List<?>) story.get("steps")).size();
        browser.module(
                "for (let i = 0; i < 400 && !document.querySelector('#of').textContent.endsWith(' "
                        + steps
                        + "'); i++) await new Promise((later) => setTimeout(later, 25));");
        assertEquals("of " + steps, browser.text("#of"), key);
        browser.script(
                "for (let i = 0; i < 40; i++) document.getElementById('forward').click();"
                        + "document.getElementById('full').click();"
                        + "for (let i = 0; i < 10; i++) document.getElementById('next-ats').click();"
                        + "document.getElementById('full').click();");
        assertTrue(browser.count("*") < MOST_ELEMENTS, key + ": elements " + browser.count("*"));
        browser.press(Keys.END);
        assertTrue(!browser.text("#sentence").isEmpty(), key);
        if (!((List<?>) story.get("violations")).isEmpty()) {
            browser.press(Keys.HOME);
            browser.script(
                    "for (let i = 0; i < 200 && !document.querySelector('#step.bad'); i++)"
                            + " document.getElementById('next-fault').click();");
            assertTrue(browser.text("#sentence").startsWith("Violation: "), key);
            assertEquals("checker", browser.text(".lane.current title"), key);
        }
    }
}
