package svasim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.binding.InvalidInput;

/** What a lesson says around its scenario. */
class LessonTest {
    private static final String HEAD =
            """
svasim: 1
title: Lesson
machine: {devices: {dsa0: {model: dsa}}}
processes: {app: {threads: {main: [{open: dsa0}, exit]}}}
variants:
  told: {}
  pinned: {os.policy: intel-pin}
""";

    private static ScenarioFile file(String lesson) {
        return ScenarioFile.of(
                "l.yaml", (HEAD + "lesson:\n" + lesson).getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> mistakes(String lesson) {
        InvalidInput invalid =
                assertThrows(InvalidInput.class, () -> file(lesson).bindAll(Map.of()));
        return invalid.mistakes().stream().map(Object::toString).toList();
    }

    @Test
    void shouldBindWhatALessonSays() {
        Lesson lesson =
                file("  number: 3\n  prediction: Who answers?\n  whatIf: {pinned: It is pinned.}\n")
                        .bind("told", Map.of())
                        .scenario()
                        .lesson();

        assertEquals(3, lesson.number());
        assertEquals("Who answers?", lesson.prediction());
        assertEquals(Map.of("pinned", "It is pinned."), lesson.whatIf());
        assertEquals("", lesson.teacher());
    }

    @Test
    void shouldHaveNoLessonUnlessTheFileHasOne() {
        ScenarioFile file = ScenarioFile.of("l.yaml", HEAD.getBytes(StandardCharsets.UTF_8));

        assertNull(file.bind("told", Map.of()).scenario().lesson());
    }

    @Test
    void shouldCountTheMomentsOfAQuizFromOne() {
        Lesson lesson =
                file("  quiz: [{before: page-requested}]\n")
                        .bind("told", Map.of())
                        .scenario()
                        .lesson();

        assertEquals(List.of(new Lesson.Stop("page-requested", 1)), lesson.quiz());
    }

    @Test
    void shouldNameTheNearestVariantProfileAndMoment() {
        List<String> found =
                mistakes(
                        """
  profiles: [sapphire-rapid]
  whatIf: {pined: It is pinned.}
  quiz: [{before: page-requestd}, {before: intel_pasid_clear_entry/clear PASID entri}]
""");

        assertEquals(4, found.size());
        assertTrue(
                found.stream().anyMatch(m -> m.contains("Did you mean \"pinned\"?")),
                found.toString());
        assertTrue(
                found.stream().anyMatch(m -> m.contains("Did you mean \"sapphire-rapids\"?")),
                found.toString());
        assertTrue(
                found.stream().anyMatch(m -> m.contains("Did you mean \"page-requested\"?")),
                found.toString());
        assertTrue(
                found.stream().anyMatch(m -> m.contains("/clear PASID entry\"?")),
                found.toString());
    }

    @Test
    void shouldRefuseALessonZeroAndAStopWithoutMoment() {
        assertTrue(mistakes("  number: 0\n").get(0).contains("a positive number"));
        assertTrue(mistakes("  quiz: [{nth: 2}]\n").get(0).contains("before"));
    }

    @Test
    void shouldKeepTheLessonInTheEffectiveScenarioWithoutItsWhatIfs() {
        BoundScenario told =
                file("  teacher: Slowly.\n  whatIf: {pinned: It is pinned.}\n")
                        .bind("told", Map.of());

        String effective = told.effective();
        Lesson again =
                ScenarioFile.of("e.yaml", effective.getBytes(StandardCharsets.UTF_8))
                        .bind(ScenarioFile.ONLY, Map.of())
                        .scenario()
                        .lesson();

        assertEquals("Slowly.", again.teacher());
        assertFalse(effective.contains("It is pinned."));
    }
}
