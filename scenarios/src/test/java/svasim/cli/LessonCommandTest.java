package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LessonCommandTest {
    private static final String LESSON = "02-dma-without-iommu";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InputStream before = System.in;
    private final Cli cli = new Cli();

    @AfterEach
    void giveInputBack() {
        System.setIn(before);
    }

    private int run(String input, String... arguments) {
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return cli.run(arguments);
    }

    @Test
    void shouldPrintALessonFromItsPredictionToItsExercise() {
        assertEquals(ExitCode.GOOD, run("", "lesson", LESSON));

        String out = cli.out();
        int at = 0;
        for (String part :
                new String[] {
                    "Lesson 2: One DMA without an IOMMU",
                    "Before you go on, predict",
                    "The story on no IOMMU (broadwell-ep)",
                    "The card begins to read or write.",
                    "What happened, and why",
                    "Exercise",
                    "svasim lesson 02-dma-without-iommu --step"
                }) {
            assertTrue(out.indexOf(part, at) >= at, part);
            at = out.indexOf(part, at);
        }
        assertFalse(out.contains("Short on purpose"), "the note is for teachers");
    }

    @Test
    void shouldKeepLinesNarrow() {
        run("", "lesson", "05-page-request");

        cli.out().lines().forEach(line -> assertTrue(line.length() <= 100, line));
    }

    @Test
    void shouldPrintTheStoryOnAnotherMachineInItsTerms() {
        assertEquals(
                ExitCode.GOOD, run("", "lesson", "05-page-request", "--profiles", "kunpeng-920"));

        String out = cli.out().replaceAll("\\s+", " ");
        assertTrue(out.contains("The story on SMMUv3 (kunpeng-920)"));
        assertTrue(out.contains("context descriptor (CD)"));
        assertFalse(out.contains("device-TLB"));
    }

    @Test
    void shouldTakeAFileAsWellAsAName() {
        String file = svasim.scenario.Home.scenarios() + "/lessons/" + LESSON + ".yaml";

        assertEquals(ExitCode.GOOD, run("", "lesson", file));
    }

    @Test
    void shouldTellAScenarioThatIsNoLesson() {
        assertEquals(ExitCode.GOOD, run("", "lesson", "bind-to-free"));
        assertTrue(cli.out().contains("From bind to free"));
        assertFalse(cli.out().contains("Exercise"));
    }

    @Test
    void shouldGoOneStepForwardWithEachLine() {
        assertEquals(ExitCode.GOOD, run("\n\nb\n", "lesson", LESSON, "--step"));

        String steps =
                cli.out()
                        .lines()
                        .filter(line -> line.startsWith("step "))
                        .map(line -> line.split(" ")[1])
                        .collect(Collectors.joining(" "));
        String[] numbers = steps.split(" ");
        assertEquals(4, numbers.length);
        assertEquals(numbers[1], numbers[3]);
        assertNotEquals(numbers[1], numbers[2]);
    }

    @Test
    void shouldEndWithTheLastStep() {
        assertEquals(ExitCode.GOOD, run("\n".repeat(2000), "lesson", LESSON, "--step"));
        assertTrue(cli.out().endsWith("That was the last step.\n"));
    }

    @Test
    void shouldSayWhyAStepHappensNow() {
        run("20\nw\n", "lesson", LESSON, "--step");

        assertTrue(cli.out().contains("  after: "));
        assertTrue(cli.out().contains("(step "));
    }

    @Test
    void shouldShowEveryStepInTheFullView() {
        run("f\n1\n\n\n", "lesson", LESSON, "--step");

        assertTrue(cli.out().contains("Full view."));
        assertTrue(cli.out().contains("step 2 of "));
        assertTrue(cli.out().contains("step 3 of "));
    }

    @ParameterizedTest
    @CsvSource({
        "b, This is the first step.",
        "0, Steps go from 1 to",
        "99999, Steps go from 1 to",
        "backwards, '\"backwards\" is no command.'",
        "-3, '\"-3\" is no command.'",
        "99999999999, is no command.",
        "?, 'Enter: next'"
    })
    void shouldSayWhatItTakesWhenALineMakesNoSense(String line, String answer) {
        assertEquals(ExitCode.GOOD, run(line + "\nq\n", "lesson", LESSON, "--step"));
        assertTrue(cli.out().contains(answer), cli.out());
    }

    @Test
    void shouldGiveFullMarksForTheKey() throws Exception {
        assertEquals(
                ExitCode.GOOD,
                run("", "lesson", LESSON, "--answers", "--seed", "4", "--format", "json"));
        StringBuilder right = new StringBuilder();
        for (JsonNode answer : JSON.readTree(cli.out()).get("answers")) {
            right.append((char) ('a' + answer.get("answer").asInt())).append('\n');
        }
        Cli student = new Cli();
        System.setIn(new ByteArrayInputStream(right.toString().getBytes(StandardCharsets.UTF_8)));

        int code = student.run("lesson", LESSON, "--quiz", "--seed", "4", "--format", "json");

        assertEquals(ExitCode.GOOD, code);
        JsonNode result = JSON.readTree(student.out());
        assertEquals(result.get("questions"), result.get("right"));
        assertEquals(LESSON, result.get("lesson").asText());
        assertEquals(4, result.get("seed").asInt());
        assertTrue(student.err().contains("Right."));
    }

    @Test
    void shouldShowWhyAfterAWrongAnswer() throws Exception {
        run("", "lesson", LESSON, "--answers", "--format", "json");
        JsonNode first = JSON.readTree(cli.out()).get("answers").get(0);
        char wrong = (char) ('a' + (first.get("answer").asInt() == 0 ? 1 : 0));
        Cli student = new Cli();
        System.setIn(new ByteArrayInputStream((wrong + "\n").getBytes(StandardCharsets.UTF_8)));

        assertEquals(ExitCode.DIFFERENT, student.run("lesson", LESSON, "--quiz"));
        assertTrue(student.out().contains("No, it is "));
        assertTrue(
                student.out().contains("Step " + first.get("shows").asInt() + " shows why:"),
                student.out());
    }

    @Test
    void shouldCountWhatIsLeftAtTheEndOfInputAsNotAnswered() throws Exception {
        assertEquals(
                ExitCode.DIFFERENT, run("a\n", "lesson", LESSON, "--quiz", "--format", "json"));

        JsonNode result = JSON.readTree(cli.out());
        assertEquals(1, result.get("answered").asInt());
        JsonNode last = result.get("answers").get(result.get("questions").asInt() - 1);
        assertTrue(last.get("given").isNull());
        assertFalse(last.get("right").asBoolean());
    }

    @Test
    void shouldAskAgainAfterAnAnswerThatIsNone() {
        run("z\n17\n\nq\n", "lesson", LESSON, "--quiz");

        assertEquals(
                3, cli.out().lines().filter(line -> line.startsWith("Please answer with")).count());
        assertTrue(cli.out().contains("0 of "));
    }

    @Test
    void shouldPrintTheKeyWithTheNoteForTeachers() {
        assertEquals(ExitCode.GOOD, run("", "lesson", LESSON, "--answers", "--seed", "2"));
        assertTrue(cli.out().startsWith("1, before step "));
        assertTrue(cli.out().contains("Note for teachers"));
    }

    @Test
    void shouldPrintNoPromptWhereNobodyTypes() {
        run("q\n", "lesson", LESSON, "--quiz");

        assertFalse(cli.out().contains("> "));
    }

    @Test
    void shouldOfferTheNearestNameForOneThatIsMisspelt() {
        assertEquals(ExitCode.USAGE, run("", "lesson", "02-dma-without-iomu"));
        assertTrue(cli.err().contains("Did you mean \"02-dma-without-iommu\"?"), cli.err());
    }

    @Test
    void shouldSayThatAFileIsNotThere() {
        assertEquals(ExitCode.NO_INPUT, run("", "lesson", "no/such.yaml"));
        assertTrue(cli.err().contains("no such file: no/such.yaml"));
    }

    @ParameterizedTest
    @CsvSource({"--step,--quiz", "--quiz,--answers", "--step,--format=json", "--format,json"})
    void shouldRefuseOptionsThatDoNotGoTogether(String one, String other) {
        assertEquals(ExitCode.USAGE, run("", "lesson", LESSON, one, other));
        assertTrue(cli.err().contains("only"), cli.err());
    }

    @Test
    void shouldListLessonsAndExplainWords() {
        assertEquals(ExitCode.GOOD, run("", "list", "lessons"));
        assertTrue(cli.out().contains("05-page-request"));

        assertEquals(ExitCode.GOOD, run("", "show", "PASID"));
        assertTrue(cli.out().contains("\nPASID: Process Address Space ID"));
        assertTrue(cli.out().contains("see also: "));
    }
}
