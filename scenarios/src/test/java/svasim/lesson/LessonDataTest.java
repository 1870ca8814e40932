package svasim.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.run.MachineAssembly;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.run.Summary;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** What a lesson page is made of. */
class LessonDataTest {
    private static final List<String> THREE = List.of("sapphire-rapids", "kunpeng-920", "epyc");

    private static final String VARIANTS =
            """
svasim: 1
title: "<script>alert(1)</script>"
machine: {devices: {dsa0: {model: dsa}}}
processes: {app: {threads: {main: [{open: dsa0}, exit]}}}
variants:
  told: {}
  pinned: {os.policy: intel-pin}
  other: {os.policy: amd-pin}
""";

    private static LessonData lesson(List<String> profiles) throws IOException {
        return LessonData.of(
                new Runner(new MachineAssembly()),
                ScenarioFile.read(Home.scenarios().resolve("lifecycle/bind-to-free.yaml")),
                new Wish(0, profiles, Map.of(), null));
    }

    private static LessonData lesson(String text) {
        return LessonData.of(
                new Runner(new MachineAssembly()),
                ScenarioFile.of("l.yaml", text.getBytes(StandardCharsets.UTF_8)),
                Wish.plain(0));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> stories(LessonData lesson) {
        return (List<Map<String, Object>>) lesson.plain().get("stories");
    }

    @Test
    void shouldWriteTheSameBytesForTheSameScenarioAndSeed() throws IOException {
        assertEquals(lesson(List.of()).json(), lesson(List.of()).json());
    }

    @Test
    void shouldTellTheSameMomentsOfThreeMachinesSideBySide() throws IOException {
        LessonData lesson = lesson(THREE);

        List<?> rows = (List<?>) lesson.plain().get("align");

        assertEquals(
                List.of("VT-d", "SMMUv3", "AMD-Vi"),
                stories(lesson).stream().map(story -> story.get("label")).toList());
        assertEquals(List.of(0, 1, 2), lesson.plain().get("tabs"));
        assertTrue(rows.size() > 300, () -> rows.size() + " moments");
    }

    @Test
    void shouldLinkTheVariantsThatALessonNames() {
        LessonData lesson =
                lesson(VARIANTS + "lesson: {number: 4, whatIf: {pinned: It is pinned.}}\n");

        assertEquals(
                List.of("told", "pinned"),
                stories(lesson).stream().map(story -> story.get("variant")).toList());
        assertEquals("It is pinned.", stories(lesson).get(1).get("whatIf"));
        assertEquals(List.of(1), lesson.plain().get("variants"));
        assertEquals(4, ((Map<?, ?>) lesson.plain().get("course")).get("number"));
    }

    @Test
    void shouldLinkAllVariantsOfAFileWithoutLesson() {
        assertEquals(
                List.of("told", "pinned", "other"),
                stories(lesson(VARIANTS)).stream().map(story -> story.get("variant")).toList());
    }

    @Test
    void shouldTellTheScenarioAsItStandsIfEveryVariantIsAWhatIf() {
        LessonData lesson =
                lesson(VARIANTS + "lesson: {whatIf: {told: A., pinned: B., other: C.}}\n");

        assertEquals(
                List.of("", "told", "pinned", "other"),
                stories(lesson).stream().map(story -> story.get("variant")).toList());
    }

    @Test
    void shouldAskAboutEachTabAndExplainTheWordsOfTheField() throws IOException {
        LessonData lesson = lesson(THREE);

        List<?> quiz = (List<?>) lesson.plain().get("quiz");
        for (int tab = 0; tab < THREE.size(); tab++) {
            int story = tab;
            assertTrue(quiz.stream().anyMatch(q -> ((Map<?, ?>) q).get("story").equals(story)));
        }
        assertTrue(((Map<?, ?>) lesson.plain().get("glossary")).containsKey("PASID"));
    }

    @Test
    void shouldHaveNoMarkupInItsText() {
        assertFalse(lesson(VARIANTS).json().contains("<"));
    }

    @Test
    void shouldNotChangeTheRunThatItObserves() throws IOException {
        ScenarioFile file =
                ScenarioFile.read(Home.scenarios().resolve("lifecycle/bind-to-free.yaml"));
        Runner runner = new Runner(new MachineAssembly());
        RunResult alone = runner.run(file.bind("", Map.of()), 0, Choices.PLAIN, s -> {});
        RunResult told =
                Telling.of(runner, file.bind("", Map.of()), "", 0, LessonData.MOST_STEPS, null)
                        .result();

        assertEquals(alone.events(), told.events());
        assertEquals(Summary.plain(alone), Summary.plain(told));
    }
}
