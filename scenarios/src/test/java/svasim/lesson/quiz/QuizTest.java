package svasim.lesson.quiz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import svasim.lesson.LessonData;
import svasim.lesson.Telling;
import svasim.lesson.Wish;
import svasim.run.MachineAssembly;
import svasim.run.Runner;
import svasim.scenario.Home;
import svasim.scenario.Lesson;
import svasim.scenario.ScenarioFile;
import svasim.trace.Kind;

class QuizTest {
    /** Stories with ATS, page requests, unmapping, exit, stall, and without any IOMMU. */
    private static final List<String> STORIES =
            List.of(
                    "lessons/02-dma-without-iommu.yaml",
                    "lessons/03-dma-with-iommu.yaml",
                    "lessons/04-ats-and-the-atc.yaml",
                    "lessons/05-page-request.yaml",
                    "lessons/06-unmap-and-why-it-waits.yaml",
                    "lessons/07-process-exit-in-order.yaml",
                    "lessons/09-enqcmd.yaml",
                    "lessons/10-stall-or-page-request.yaml");

    private static final List<String> PROFILES = List.of("", "kunpeng-920", "epyc");

    private static final Map<String, Telling> TOLD = new ConcurrentHashMap<>();

    private static Telling told(String file, String profile) {
        return TOLD.computeIfAbsent(file + profile, key -> run(file, profile));
    }

    private static Telling run(String file, String profile) {
        try {
            return LessonData.story(
                    new Runner(new MachineAssembly()),
                    ScenarioFile.read(Home.scenarios().resolve(Path.of(file))),
                    new Wish(0, profile.isEmpty() ? List.of() : List.of(profile), Map.of(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 60)
    void shouldHaveExactlyOneRightChoiceThatASlowReaderOfTheTraceConfirms(
            @ForAll @IntRange(min = 0, max = 7) int story,
            @ForAll @IntRange(min = 0, max = 2) int profile,
            @ForAll long seed) {
        Telling telling = told(STORIES.get(story), story < 3 ? "" : PROFILES.get(profile));
        SlowReader reader = new SlowReader(telling.reading());

        for (Question question : telling.quiz(seed)) {
            assertEquals(question.choices().size(), new HashSet<>(question.choices()).size());
            assertTrue(question.choices().size() > 1, question::toString);
            for (int i = 0; i < question.choices().size(); i++) {
                assertEquals(
                        i == question.answer(),
                        reader.isRight(question, question.choices().get(i)),
                        question + ": " + question.choices().get(i));
            }
        }
    }

    @Property(tries = 20)
    void shouldAskInTheOrderOfStepsAndShowWhatThereIs(@ForAll long seed) {
        Telling telling = told(STORIES.get(3), "");

        int before = 0;
        for (Question question : telling.quiz(seed)) {
            assertTrue(question.step() > before);
            before = question.step();
            assertTrue(question.shows() >= 0 && question.shows() < telling.reading().size());
            assertFalse(question.why().isBlank());
        }
    }

    /** In lesson 7 the next process has the PASID, and some addresses, of the one before. */
    @Property(tries = 30)
    void shouldNotTakeTheNextOwnersAnswerForThatOfTheOneBefore(@ForAll long seed) {
        Telling telling = told(STORIES.get(5), "");
        for (Question question : telling.quiz(seed)) {
            if (question.template().equals("message")) {
                for (int step = question.step(); step < question.shows(); step++) {
                    assertNotEquals(Kind.PASID_FREED, telling.reading().kind(step));
                }
            }
        }
    }

    @Test
    void shouldAskTheSameForTheSameSeed() {
        Telling once = told(STORIES.get(3), "");
        Telling again = run(STORIES.get(3), "");

        assertEquals(once.quiz(7), again.quiz(7));
        assertNotEquals(once.quiz(7), once.quiz(8));
    }

    @Test
    void shouldHaveAStoryForEveryTemplate() {
        Set<String> asked = new TreeSet<>();
        for (String story : STORIES) {
            for (int seed = 0; seed < 4; seed++) {
                told(story, "").quiz(seed).forEach(question -> asked.add(question.template()));
            }
        }

        assertEquals(new TreeSet<>(Quiz.templates()), asked);
    }

    @Test
    void shouldAskWhereTheLessonStops() {
        Reading reading = told(STORIES.get(3), "").reading();
        int requested = reading.first(0, step -> reading.kind(step) == Kind.PAGE_REQUESTED);
        Lesson.Stop stop = new Lesson.Stop("page-requested", 1);

        for (int seed = 0; seed < 10; seed++) {
            List<Question> questions = Quiz.of(reading, List.of(stop), seed);
            assertTrue(
                    questions.stream()
                            .anyMatch(q -> q.step() == requested || q.step() == requested + 1),
                    "before the page request or right after it");
            assertTrue(questions.size() <= Quiz.MOST);
        }
    }

    @Test
    void shouldLeaveOutAStopThatNeverComes() {
        Reading reading = told(STORIES.get(2), "").reading();
        List<Lesson.Stop> stops =
                List.of(
                        new Lesson.Stop("page-request-lost", 1),
                        new Lesson.Stop("idxd_cdev_open/enable WQ", 99));

        assertEquals(Quiz.of(reading, List.of(), 1), Quiz.of(reading, stops, 1));
    }

    @Test
    void shouldAskNothingOfAnEmptyStory() {
        Telling telling = told(STORIES.get(0), "");
        Reading empty = new Reading(null, null, 0);

        assertEquals(List.of(), Quiz.of(empty, telling.lesson().quiz(), 1));
    }
}
