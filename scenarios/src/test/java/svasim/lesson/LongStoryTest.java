package svasim.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.kernel.Choices;
import svasim.run.MachineAssembly;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.scenario.BoundScenario;
import svasim.scenario.ScenarioFile;
import svasim.trace.Kind;

/** A page of a story that is longer than a page can be. */
class LongStoryTest {
    private static final int MOST_BYTES = 2_000_000;

    /** Copies until more than 10 000 steps are seen, then unmaps what the last copy uses. */
    private static String story(String more) {
        StringBuilder steps = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            steps.append(
                    String.format(
                            "        - submit: {to: dsa0, op: memmove, from: src, into: dst,"
                                    + " as: j%1$d}%n        - wait: j%1$d%n",
                            i));
        }
        return """
svasim: 1
title: A long story
machine:
  profile: sapphire-rapids
  ports: {rp0: {link: {flight: 400ns}}}
  devices:
    dsa0: {model: dsa}
    card0: {model: dma-bench, port: rp0, config: {addressing: sva, transfer: 64B, issueInterval: 250ns}}
processes:
  app:
    buffers:
      src: {size: 16KiB, fill: random}
      dst: {size: 16KiB, fill: zero}
      own: {size: 4KiB, fill: zero}
    threads:
      main:
        - open: dsa0
        - open: card0
"""
                + steps
                + """
        - submit: {to: card0, op: write, buffer: own, samples: 60, as: job}
        - sleep: 2500ns
        - munmap: own
        - sleep: 3us
        - exit
"""
                + more;
    }

    private static final Runner RUNNER = new Runner(new MachineAssembly());

    private static final Map<String, LessonData> TOLD = new ConcurrentHashMap<>();

    private static ScenarioFile file(String more) {
        return ScenarioFile.of("l.yaml", story(more).getBytes(StandardCharsets.UTF_8));
    }

    private static LessonData lesson(String more, String from) {
        return TOLD.computeIfAbsent(more + from, key -> run(more, from));
    }

    private static LessonData run(String more, String from) {
        From where = from == null ? null : From.of(from);
        return LessonData.of(RUNNER, file(more), new Wish(0, List.of(), Map.of(), where));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> told(LessonData lesson) {
        return ((List<Map<String, Object>>) lesson.plain().get("stories")).get(0);
    }

    private static int number(Map<?, ?> story, String window, String name) {
        return ((Number) ((Map<?, ?>) story.get(window)).get(name)).intValue();
    }

    /** The step that the page opens at. */
    @SuppressWarnings("unchecked")
    private static List<Object> opened(Map<String, Object> story) {
        return ((List<List<Object>>) story.get("steps"))
                .get(((Number) story.get("opens")).intValue());
    }

    @Test
    void shouldBeginWithTheRunIfNothingElseMatters() {
        Map<String, Object> story = told(lesson("", null));

        assertEquals(0, number(story, "window", "from"));
        assertEquals(10_000, number(story, "window", "shown"));
        assertTrue(number(story, "window", "of") > 11_000);
        assertEquals(0, story.get("opens"));
    }

    @Test
    void shouldShowTheFirstBrokenInvariant() {
        String broken = "defects: [I-02]\nexpect: {violations: [I-01, I-02]}\n";
        Map<String, Object> story = told(lesson(broken, null));

        assertTrue(number(story, "window", "from") > 0);
        assertEquals(Kind.VIOLATION.ordinal(), opened(story).get(2));
        assertTrue(
                ((Map<?, ?>) story.get("window"))
                        .get("says")
                        .toString()
                        .endsWith("are shown, around the first broken invariant."));
    }

    @Test
    void shouldShowWhereTheQuizStopsAndAskThere() {
        String stop = "lesson: {quiz: [{before: work-done, nth: 12}]}\n";
        LessonData lesson = lesson(stop, null);
        Map<String, Object> story = told(lesson);
        int opens = ((Number) story.get("opens")).intValue();

        assertTrue(number(story, "window", "from") > 0);
        assertEquals(Kind.WORK_DONE.ordinal(), opened(story).get(2));
        assertTrue(
                ((List<?>) lesson.plain().get("quiz"))
                        .stream()
                                .map(question -> ((Map<?, ?>) question).get("step"))
                                .anyMatch(step -> step.equals(opens) || step.equals(opens + 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1201", "20us"})
    void shouldBeginWhereTheUserWantsToWhateverIsBroken(String from) {
        String broken = "defects: [I-02]\nexpect: {violations: [I-01, I-02]}\n";
        Map<String, Object> story = told(lesson(broken, from));

        if (from.equals("1201")) {
            assertEquals(1200, number(story, "window", "from"));
        } else {
            assertTrue(((Number) opened(story).get(0)).longValue() >= 20_000_000);
        }
        assertTrue(number(story, "window", "shown") == 10_000);
        assertEquals(0, story.get("opens"));
    }

    @Test
    void shouldOpenAtTheLastPageOfARunThatEndsBeforeTheTime() {
        Map<String, Object> story = told(lesson("", "1s"));

        int shown = number(story, "window", "shown");
        assertEquals(shown - 1, story.get("opens"));
        assertEquals(number(story, "window", "of"), number(story, "window", "from") + shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-4", "soon", "12 parsecs", ""})
    void shouldRefuseAPlaceThatIsNone(String from) {
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> From.of(from))
                        .getMessage()
                        .contains("expected the number of a step, from 1, or"));
    }

    @Test
    void shouldStayBelowTwoMegabytesWithTenThousandSteps() {
        LessonData lesson = lesson("", null);

        assertEquals(10_000, number(told(lesson), "window", "shown"));
        assertTrue(lesson.html().getBytes(StandardCharsets.UTF_8).length < MOST_BYTES);
    }

    @Test
    void shouldShowLessOfEachStoryIfThereAreMany() {
        String whatIfs = "variants: {told: {}, a: {}, b: {}}\n";
        LessonData lesson = lesson(whatIfs, null);

        assertTrue(lesson.html().getBytes(StandardCharsets.UTF_8).length < MOST_BYTES);
        assertTrue(number(told(lesson), "window", "shown") > 2_000);
    }

    @Test
    void shouldKeepToTheSameLimitsForARunThatWasOnlyObserved() {
        String broken = "defects: [I-02]\nexpect: {violations: [I-01, I-02]}\n";
        BoundScenario scenario = file(broken).bind("", Map.of());
        Observer observer = new Observer(scenario);
        RunResult result = RUNNER.run(scenario, 0, Choices.PLAIN, observer::attach);

        assertEquals(
                lesson(broken, null).plain().get("stories"),
                LessonData.of(RUNNER, observer, result, 0).plain().get("stories"));
    }
}
