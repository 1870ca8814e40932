package svasim.lesson.page;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What a teacher does with the page, in a real browser. */
@EnabledIf(
        value = "svasim.lesson.page.Browser#present",
        disabledReason = "needs chromium and chromedriver in /usr/bin")
class LessonPageTest {
    private static final String TITLE = "From <script>document.title='run'</script> bind to free";
    private static final int LONG_DMAS = 1250;
    private static final int VIOLATION = 37;

    @TempDir static Path folder;
    private static Browser browser;
    private static String page;
    private static String longPage;

    @BeforeAll
    static void startBrowser() throws IOException {
        browser = new Browser(folder);
        page = browser.save("lesson.html", LessonPage.html(TITLE, SampleLesson.json(TITLE, 3)));
        longPage =
                browser.save(
                        "long.html", LessonPage.html("long", SampleLesson.json("long", LONG_DMAS)));
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    @BeforeEach
    void openPage() {
        browser.colours("light");
        browser.open(page);
    }

    @AfterEach
    void pageShouldNotComplain() {
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void shouldAskNoNetworkForAnything() {
        browser.asked();
        browser.open(page);
        browser.press(Keys.END);

        assertEquals(List.of(), browser.asked());
        assertEquals(
                0L,
                browser.script(
                        "return performance.getEntriesByType('resource')"
                                + ".filter((one) => !/^(data|file):/.test(one.name)).length"));
    }

    @Test
    void shouldKeepScriptInTheTitleAsText() {
        assertEquals(TITLE, browser.text("h1"));
        assertEquals(TITLE, browser.script("return document.title"));
        assertEquals(0, browser.count("h1 *"));
    }

    @Test
    void shouldStepForwardAndBack() {
        browser.click("#forward");
        browser.click("#forward");
        assertEquals(2, browser.step());
        assertTrue(browser.text("#sentence").startsWith("The kernel tells the IOMMU"));

        browser.click("#back");
        assertEquals(1, browser.step());
        assertEquals("The kernel gives the process a number: PASID 1.", browser.text("#sentence"));
    }

    @Test
    void shouldTakeOnlyMainStepsInTheSimpleView() {
        browser.press(Keys.ARROW_RIGHT, 4);
        assertEquals(5, browser.step(), "step 5 of 42 is told in the full view only");

        browser.press("s");
        browser.press(Keys.ARROW_LEFT);
        assertEquals(4, browser.step());
    }

    @Test
    void shouldGoToAStepByItsNumberAndByTheSlider() {
        browser.script(
                "const n = document.getElementById('number'); n.value = 12;"
                        + "n.dispatchEvent(new Event('change'));");
        assertEquals(11, browser.step());

        browser.script(
                "const s = document.getElementById('slider'); s.value = s.max;"
                        + "s.dispatchEvent(new Event('input'));");
        assertEquals("The number may be given to somebody else.", browser.text("#sentence"));
    }

    @Test
    void shouldJumpToThePhaseThatIsClicked() {
        browser.script("document.querySelectorAll('#phases button')[7].click()");
        assertEquals("The program gives the buffer back.", browser.text("#sentence"));
        assertEquals("revoke", browser.text("#phases [aria-current]"));
    }

    @Test
    void shouldJumpToTheNextFaultInvalidationAndAtsMessage() {
        browser.press("a");
        assertEquals("ATC_MISS", kind());
        browser.press("i");
        assertEquals("RANGE_INVALIDATE", kind());
        browser.press("i");
        assertEquals("INVALIDATION_SENT", kind());
        browser.press("I");
        assertEquals("RANGE_INVALIDATE", kind());
        browser.press("s");
        browser.press(Keys.HOME);
        browser.press("f");
        assertEquals("TRANSLATION_FAULTED", kind());
        browser.press("f");
        assertEquals("no fault after this step", browser.text("#note"));
    }

    private static String kind() {
        return browser.text("#where .badge.quiet").toUpperCase().replace(' ', '_');
    }

    @Test
    void shouldGoToTheCauseOfAStep() {
        browser.press(Keys.ARROW_RIGHT, 5);
        int before = browser.step();
        browser.click("#why");
        assertEquals(before - 1, browser.step());
    }

    @Test
    void shouldLightTheStateOfThePasid() {
        browser.press(Keys.ARROW_RIGHT);
        assertEquals("allocated", browser.text(".state.lit text"));
        browser.press(Keys.END);
        assertEquals("free", browser.text(".state.lit text"));
        assertEquals(1, browser.count(".move.now"));
    }

    @Test
    void shouldLightTheWalkAndMarkWhatIsWritten() {
        browser.press(Keys.ARROW_RIGHT, 2);
        assertEquals(2, browser.count("#tree .word.changed"));

        browser.open(page + "#step=11");
        assertEquals(5, browser.count("#tree .path"));
        assertTrue(browser.text("#tree .changed").contains("written"));
    }

    @Test
    void shouldExplainAFieldToThePointerAndToTheKeyboard() {
        browser.press(Keys.ARROW_RIGHT, 2);
        browser.script("document.querySelector('#tree [data-cell][tabindex=\"0\"]').focus()");
        browser.press(Keys.ARROW_DOWN);
        browser.press(Keys.ARROW_RIGHT);

        assertTrue(browser.shown("#card"));
        assertTrue(browser.text("#card").contains("VT-d 9.6"), browser.text("#card"));
        assertTrue(browser.text("#card").contains("bit"), browser.text("#card"));
        assertEquals(2, browser.step(), "arrow keys in the tree leave the step alone");
    }

    @Test
    void shouldMarkWhatCachesGainAndLose() {
        browser.open(page + "#step=12&view=full");
        assertEquals(1, browser.count("#caches tr.added"));
        browser.press("ii");
        assertEquals(1, browser.count("#caches tr.removed"));
    }

    @Test
    void shouldLightTheBytesOfAField() {
        browser.open(page + "#step=8");
        assertEquals("Translation Request", browser.text("#tlp-name"));
        browser.script(
                "[...document.querySelectorAll('.tlp-field')]"
                        + ".find((one) => one.textContent.startsWith('Requester')).focus()");
        assertEquals(List.of(8L, 9L), litBytes());
        assertTrue(browser.text("#tlp-fields").contains("Requester ID 02:00.0"));
    }

    private static Object litBytes() {
        return browser.script(
                "return [...document.querySelectorAll('.byte.lit')]"
                        + ".map((one) => Number(one.dataset.byte))");
    }

    @Test
    void shouldKeepTheMomentWhenTheUnitChanges() {
        browser.open(page + "#step=7");
        browser.press("2");
        assertEquals("SMMUv3", browser.text("[role=tab][aria-selected=true]"));
        assertEquals(6, browser.step());
        assertTrue(browser.text("#whatif").contains("Hypothetical"));
        browser.press("s");
        browser.press(Keys.ARROW_RIGHT, 2);
        assertTrue(browser.text("#sentence").contains("SMMU"), browser.text("#sentence"));
    }

    @Test
    void shouldShowTheWhatIfAndItsViolation() {
        browser.click("#whatifs summary");
        browser.click("#whatif-list button");
        assertTrue(browser.text("#whatif").contains("forgets"));
        browser.press("f");
        assertTrue(browser.text("#sentence").startsWith("Violation: "));
        assertTrue(browser.text("#outcome").contains("✕"));
        assertEquals(VIOLATION, browser.step());
    }

    @Test
    void shouldLeaveOutWhatTheFiltersHide() {
        browser.click("#filters summary");
        browser.script(
                "[...document.querySelectorAll('#filter-categories input')]"
                        + ".find((box) => box.key === 'PASID').click()");
        browser.script("document.querySelector('#filters').open = false");
        browser.press(Keys.HOME);
        browser.press(Keys.ARROW_RIGHT);
        assertEquals(2, browser.step());
        assertTrue(browser.fragment().contains("hide=PASID"));
    }

    @Test
    void shouldKeepTheStepInTheAddress() {
        browser.press(Keys.ARROW_RIGHT, 3);
        browser.press("3");
        browser.press("s");
        String address = browser.fragment();
        browser.press(Keys.END);

        browser.open(page + address);

        assertEquals("#step=4&story=amdvi&view=full", address);
        assertEquals(3, browser.step());
        assertEquals("AMD-Vi", browser.text("[role=tab][aria-selected=true]"));
    }

    @Test
    void shouldWriteOneAddressForARunOfSteps() {
        browser.script(
                "window.written = 0; const real = history.replaceState.bind(history);"
                        + "history.replaceState = (...all) => { window.written++; real(...all); };"
                        + "for (let i = 0; i < 300; i++)"
                        + " document.getElementById(i % 2 ? 'back' : 'forward').click();"
                        + "document.getElementById('forward').click();");

        assertEquals("#step=2&story=vtd", browser.fragment());
        assertEquals(1L, browser.script("return window.written"));
    }

    @Test
    void shouldAskBeforeTheStepAndJumpToTheReasonAfterAWrongAnswer() {
        browser.press("q");
        browser.press(Keys.END);
        assertTrue(browser.shown("#quiz-panel"));
        assertEquals(6, browser.step(), "it stops before step 7");
        assertTrue(browser.text("#quiz-score").contains("seed 7"));

        browser.press(Keys.SPACE);
        browser.press(Keys.ENTER);
        assertTrue(browser.text("#quiz-verdict").contains("Right"));
        browser.press(Keys.ENTER);
        browser.press(Keys.END);
        assertEquals(11, browser.step());

        browser.press(Keys.SPACE);
        browser.press(Keys.ENTER);
        assertEquals(12, browser.step(), "the step that shows why");
        assertTrue(browser.text("#quiz-verdict").contains("IOTLB and ATC"));
        assertTrue(browser.text("#quiz-score").startsWith("1 of 2 right"));
    }

    @Test
    void shouldBeUsableWithTheKeyboardAlone() {
        browser.press("?");
        assertTrue(browser.shown("#help-dialog"));
        browser.press(Keys.ESCAPE);
        assertFalse(browser.shown("#help-dialog"));
        browser.press("d");
        assertEquals("dark", browser.script("return document.documentElement.dataset.theme"));
        browser.press(Keys.SPACE);
        assertEquals("pause", browser.script("return document.querySelector('#play').ariaLabel"));
        browser.press(Keys.SPACE);
        assertEquals("play", browser.script("return document.querySelector('#play').ariaLabel"));
    }

    @Test
    void shouldAskNothingWhereThereIsNothingToAsk() throws IOException {
        String json = SampleLesson.json("", 1).replaceFirst("\"quiz\":\\[.*]", "\"quiz\":[]");
        browser.open(browser.save("no-quiz.html", LessonPage.html("", json)));
        browser.press("q");
        browser.press(Keys.END);

        assertFalse(browser.shown("#quiz"));
        assertEquals("", browser.text("#quiz-score"));
        assertEquals("free", browser.text(".state.lit text"));
    }

    @Test
    void shouldShowAnInvisibleStepThatIsJumpedTo() {
        browser.open(page + "#step=5");
        assertEquals(4, browser.step());
        assertEquals(1, browser.count(".step.current.hidden"));
        browser.press(Keys.ARROW_LEFT);
        assertEquals(3, browser.step());
    }

    @Test
    void shouldOfferMermaidAsTextWhereNothingMayBeCopied() {
        browser.script(
                "navigator.clipboard.writeText = () => Promise.reject(new Error('not here'))");
        browser.press("m");
        browser.module(
                "for (let i = 0; i < 100 && !document.querySelector('#mermaid-dialog').open; i++)"
                        + " await new Promise((later) => setTimeout(later, 10));");
        String text =
                (String) browser.script("return document.querySelector('#mermaid-text').value");
        assertTrue(text.startsWith("sequenceDiagram\n    participant p0 as app\n"), text);
        assertTrue(text.contains("p0->>p1: "), text);
        browser.press(Keys.ESCAPE);
    }

    @Test
    void shouldPassTheAccessibilityCheckInLightAndDark() throws IOException {
        for (String colours : List.of("light", "dark")) {
            browser.colours(colours);
            for (String step :
                    List.of(
                            "#step=1",
                            "#step=11",
                            "#step=8&view=full",
                            "#step=40&story=no-atc-invalidation")) {
                browser.open(page + step);
                assertEquals(List.of(), browser.inaccessible(), colours + step);
            }
        }
        browser.press("q");
        browser.press(Keys.END);
        assertEquals(List.of(), browser.inaccessible(), "with a question");
    }

    @Test
    void shouldPrintTheStepWithoutControls() {
        browser.command("Emulation.setEmulatedMedia", Map.of("media", "print"));
        assertAll(
                () -> assertFalse(browser.shown(".controls")),
                () -> assertTrue(browser.shown("#sentence")),
                () -> assertTrue(browser.shown("#timeline svg")),
                () -> assertTrue(browser.shown("#tree")));
        browser.command("Emulation.setEmulatedMedia", Map.of("media", ""));
    }

    @Test
    void shouldHoldFewElementsHoweverManyStepsThereAre() {
        browser.open(longPage);
        long atStart = browser.count("*");
        browser.press(Keys.END);
        long atEnd = browser.count("*");
        browser.open(longPage + "#step=5000&view=full");

        assertTrue(browser.text("#of").contains("10018"), browser.text("#of"));
        assertTrue(atStart < 2000, "elements at the start: " + atStart);
        assertTrue(atEnd < 2000, "elements at the end: " + atEnd);
        assertTrue(browser.count("*") < 2000);
    }
}
