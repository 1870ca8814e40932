package svasim.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.run.MachineAssembly;
import svasim.run.Runner;
import svasim.scenario.Home;
import svasim.scenario.Lesson;
import svasim.scenario.ScenarioFile;

/** What every lesson of the course has. */
class ShippedCourseTest {
    private static final int FEWEST_QUESTIONS = 5;
    private static final int FEWEST_STEPS = 10;

    /** What somebody can step through in a quarter of an hour. */
    private static final int MOST_STEPS = 140;

    private static final Path COURSE = Home.scenarios().resolve("lessons");

    static Stream<Path> lessons() throws IOException {
        try (Stream<Path> files = Files.list(COURSE)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Telling told(Path file) {
        try {
            return LessonData.story(
                    new Runner(new MachineAssembly()),
                    ScenarioFile.read(file),
                    new Wish(0, List.of(), Map.of(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void shouldBeCompleteAndSmallEnoughToHoldInTheHead(Path file) {
        Telling telling = told(file);
        Lesson lesson = telling.lesson();

        for (String part :
                List.of(
                        lesson.prediction(),
                        lesson.explanation(),
                        lesson.exercise(),
                        lesson.teacher())) {
            assertFalse(part.isBlank());
        }
        int steps = telling.reading().simple().size();
        assertTrue(FEWEST_STEPS <= steps && steps <= MOST_STEPS, steps + " steps");
        LongStream.rangeClosed(1, 3)
                .forEach(
                        seed ->
                                assertTrue(
                                        telling.quiz(seed).size() >= FEWEST_QUESTIONS,
                                        "seed " + seed));
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void shouldStandInTheListOfTheCourseWithItsAim(Path file) throws IOException {
        String aim =
                ScenarioFile.read(file)
                        .bind(ScenarioFile.read(file).variants().get(0), Map.of())
                        .scenario()
                        .aim();
        String name = file.getFileName().toString();
        String link = "| [" + name.replace(".yaml", "") + "](" + name + ") | " + aim + " |";

        assertEquals(
                1,
                Files.readAllLines(COURSE.resolve("README.md")).stream()
                        .filter(link::equals)
                        .count());
    }
}
