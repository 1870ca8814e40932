package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of lessons as files. */
class LessonPageCommandTest {
    private static final String LESSON = "01-what-is-a-pasid";

    @TempDir private Path temporary;
    private final Cli cli = new Cli();

    private String path(String name) {
        return temporary.resolve(name).toString();
    }

    private String scenario() throws IOException {
        return Files.writeString(
                        temporary.resolve("s.yaml"),
                        """
                        svasim: 1
                        title: Open and exit
                        machine: {profile: sapphire-rapids, devices: {dsa0: {model: dsa}}}
                        processes: {app: {threads: {main: [{open: dsa0}, exit]}}}
                        """)
                .toString();
    }

    @Test
    void shouldWriteALessonAsAPage() throws IOException {
        assertEquals(ExitCode.GOOD, cli.run("lesson", LESSON, "--out", path("p.html")));

        assertTrue(Files.readString(temporary.resolve("p.html")).startsWith("<!DOCTYPE html>"));
        assertTrue(cli.out().contains("lesson in " + path("p.html")));
    }

    @Test
    void shouldNotWriteOverAFileThatIsThere() throws IOException {
        Path there = Files.writeString(temporary.resolve("p.html"), "mine");

        assertEquals(ExitCode.CANNOT_WRITE, cli.run("lesson", LESSON, "--out", path("p.html")));
        assertEquals("mine", Files.readString(there));
        assertEquals(1, cli.err().lines().count(), cli.err());
    }

    @Test
    void shouldSayWhereItCannotWrite() {
        assertEquals(
                ExitCode.CANNOT_WRITE, cli.run("lesson", LESSON, "--out", path("no/such/p.html")));
        assertTrue(cli.err().contains(path("no/such/p.html")), cli.err());
        assertEquals(1, cli.err().lines().count(), cli.err());
    }

    @Test
    void shouldOfferTheNearestNameOfALessonThatIsMisspelt() {
        assertEquals(ExitCode.USAGE, cli.run("lesson", LESSON + "s", "--out", path("p.html")));
        assertTrue(cli.err().contains("Did you mean \"" + LESSON + "\"?"), cli.err());
        assertFalse(Files.exists(temporary.resolve("p.html")));
    }

    @Test
    void shouldSayWhatIsWrongWithAScenario() throws IOException {
        Path bad = Files.writeString(temporary.resolve("b.yaml"), "svasim: 1\ntitel: x\n");

        assertEquals(
                ExitCode.BAD_INPUT, cli.run("lesson", bad.toString(), "--out", path("p.html")));
        assertTrue(cli.err().contains("Did you mean \"title\"?"), cli.err());
    }

    @Test
    void shouldSayThatAScenarioIsNotThere() {
        assertEquals(
                ExitCode.NO_INPUT, cli.run("lesson", path("no.yaml"), "--out", path("p.html")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "soon", "-1us"})
    void shouldSayWhatAPlaceToBeginAtLooksLike(String from) {
        assertEquals(
                ExitCode.USAGE,
                cli.run("lesson", LESSON, "--out", path("p.html"), "--from=" + from));
        assertTrue(cli.err().contains("expected the number of a step"), cli.err());
    }

    @Test
    void shouldRefuseAPlaceToBeginAtWithoutAPage() {
        assertEquals(ExitCode.USAGE, cli.run("lesson", LESSON, "--from", "3"));
        assertTrue(cli.err().contains("--from: only with --out"), cli.err());
    }

    @Test
    void shouldMeasureTheSameWithAPageAsWithout() throws IOException {
        String file = scenario();

        assertEquals(ExitCode.GOOD, cli.run("run", file, "--out", path("without")));
        assertEquals(ExitCode.GOOD, cli.run("run", file, "--lesson", "--out", path("with")));

        for (String name : new String[] {"stats.json", "stats.csv", "effective.yaml"}) {
            assertArrayEquals(
                    Files.readAllBytes(temporary.resolve("without").resolve(name)),
                    Files.readAllBytes(temporary.resolve("with").resolve(name)),
                    name);
        }
        assertTrue(Files.exists(temporary.resolve("with/lesson.html")));
        assertFalse(Files.exists(temporary.resolve("without/lesson.html")));
    }
}
