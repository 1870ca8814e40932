package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import svasim.scenario.Home;

/** Scripts rely on what each command ends with. */
class ExitCodesTest {
    private static final String QUICK =
            """
            svasim: 1
            title: Nothing to do
            processes: {app: {threads: {main: [exit]}}}
            """;

    @TempDir private Path temporary;
    private final Cli cli = new Cli();

    private String write(String name, String text) throws IOException {
        return Files.writeString(temporary.resolve(name), text).toString();
    }

    private String path(String name) {
        return temporary.resolve(name).toString();
    }

    /** One line for people, and nothing that only a programmer wants. */
    private void assertOneLine(String start) {
        assertTrue(cli.err().startsWith(start), cli.err());
        assertEquals(1, cli.err().lines().count(), cli.err());
    }

    static Stream<Arguments> wrongUses() {
        return Stream.of(
                arguments("run", "--seed many x.yaml"),
                arguments("run", "--trace nothing x.yaml"),
                arguments("run", "--format xml x.yaml"),
                arguments("run", "--set title x.yaml"),
                arguments("run", "--nothing x.yaml"),
                arguments("check", ""),
                arguments("check", "--nothing x.yaml"),
                arguments("explore", ""),
                arguments("explore", "a.yaml b.yaml"),
                arguments("explore", "--runs few x.yaml"),
                arguments("explore", "--depth deep x.yaml"),
                arguments("explore", "--only machine.falt x.yaml"),
                arguments("replay", ""),
                arguments("replay", "--format xml x"),
                arguments("validate", "--format xml"),
                arguments("list", ""),
                arguments("list", "nothing"),
                arguments("show", ""),
                arguments("show", "nothing-of-this-name"),
                arguments("new", ""),
                arguments("schema", "more"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wrongUses")
    void shouldEndWith64ForWrongUsage(String command, String rest) {
        String line = (command + " " + rest).trim();

        assertEquals(ExitCode.USAGE, cli.run(line.split(" ")));
        assertTrue(cli.err().startsWith("svasim: "), cli.err());
        assertEquals("", cli.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "check", "explore", "validate"})
    void shouldEndWith65ForABadScenario(String command) throws IOException {
        String file = write("bad.yaml", "svasim: 1\ntitle: x\nmachin: {}\n");

        assertEquals(ExitCode.BAD_INPUT, cli.run(command, file));
        assertOneLine(file + ":3:1: unknown key \"machin\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "explore"})
    void shouldEndWith65ForAVariantThatIsNotThere(String command) throws IOException {
        String file = write("x.yaml", QUICK + "variants: {old: {}, new: {}}\n");

        assertEquals(ExitCode.BAD_INPUT, cli.run(command, file, "--variant", "ald"));
        assertOneLine(file + ": no variant \"ald\"; known: old, new. Did you mean \"old\"?");
    }

    @ParameterizedTest
    @CsvSource({"nothing.x=1,nothing", "title.x=1,title", "os.policy=linux-9,linux-9"})
    void shouldEndWith65ForAWrongSetting(String setting, String named) throws IOException {
        String file = write("x.yaml", QUICK);

        assertEquals(ExitCode.BAD_INPUT, cli.run("run", file, "--set", setting));
        assertOneLine("--set " + setting.substring(0, setting.indexOf('=')));
        assertTrue(cli.err().contains(named), cli.err());
    }

    @Test
    void shouldEndWith65ForABadCapture() throws IOException {
        write("unit.json", "{\"unit\": \"x\"}");
        write("trace.txt", "");

        assertEquals(ExitCode.BAD_INPUT, cli.run("replay", temporary.toString()));
        assertOneLine(path("unit.json") + ":1:1: /iommu: missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "check", "explore", "replay", "validate"})
    void shouldEndWith66WhenThereIsNoSuchFile(String command) {
        assertEquals(ExitCode.NO_INPUT, cli.run(command, path("nothing")));
        assertOneLine("svasim: no such file: " + path("nothing"));
    }

    @Test
    void shouldEndWith66ForACaptureWithoutTrace() throws IOException {
        write("unit.json", "{\"unit\": \"x\", \"iommu\": \"intel-vtd\"}");

        assertEquals(ExitCode.NO_INPUT, cli.run("replay", temporary.toString()));
        assertOneLine("svasim: no such file: " + temporary);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "explore"})
    void shouldEndWith73WhenSomethingIsThereAlready(String command) throws IOException {
        String file = write("x.yaml", QUICK);
        Files.createDirectories(temporary.resolve("out"));
        write("out/mine.txt", "mine");

        assertEquals(ExitCode.CANNOT_WRITE, cli.run(command, file, "--out", path("out")));
        assertOneLine("svasim: cannot write: " + path("out"));
        assertEquals("mine", Files.readString(temporary.resolve("out/mine.txt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "explore"})
    void shouldEndWith73BelowAFile(String command) throws IOException {
        String file = write("x.yaml", QUICK);

        assertEquals(ExitCode.CANNOT_WRITE, cli.run(command, file, "--out", file + "/run"));
        assertOneLine("svasim: cannot write: " + file + "/run");
    }

    @Test
    void shouldEndWith73WhenThereIsNoFolderForANewScenario() {
        assertEquals(ExitCode.CANNOT_WRITE, cli.run("new", path("nowhere/mine")));
        assertOneLine("svasim: cannot write: " + path("nowhere/mine.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "check", "explore"})
    void shouldEndWith74WhenReadingFails(String command) {
        assertEquals(ExitCode.IO_ERROR, cli.run(command, temporary.toString()));
        assertOneLine("svasim: cannot read " + temporary);
    }

    @Test
    void shouldEndWith70WithTheTraceOfOurBug() {
        CommandLine broken = new CommandLine(new Broken());

        assertEquals(
                ExitCode.OUR_BUG, cli.run(broken.setExecutionExceptionHandler(new Failures())));
        assertTrue(cli.err().startsWith("svasim: internal error"), cli.err());
        assertTrue(cli.err().contains("dsa0 at 17 ps"), cli.err());
        assertTrue(cli.err().contains("\tat "), cli.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"measure.until=1ps", "measure.events=3"})
    void shouldEndWith2AtALimitAndMarkTheRun(String limit) throws IOException {
        String file = Home.scenarios().resolve("lifecycle/bind-to-free.yaml").toString();

        assertEquals(ExitCode.LIMIT, cli.run("run", file, "--out", path("run"), "--set", limit));
        String run = Files.readString(temporary.resolve("run/run.json"));
        assertTrue(run.contains("\"partial\" : true"), run);
        assertTrue(Files.exists(temporary.resolve("run/stats.json")));
        assertTrue(cli.out().contains("cut off at the limit of"), cli.out());
    }

    @Test
    void shouldEndWithTheWorstOfSeveralRuns() throws IOException {
        String file =
                write("x.yaml", QUICK + "variants: {a: {expect.violations: [I-01]}, b: {}}\n");

        assertEquals(ExitCode.DIFFERENT, cli.run("run", file, "--out", path("run")));
        assertTrue(Files.exists(temporary.resolve("run/b/run.json")));
    }

    @Test
    void shouldRunNothingWhenOneOfSeveralFilesIsBad() throws IOException {
        String good = write("good.yaml", QUICK);
        String bad = write("bad.yaml", "svasim: 3\n");

        assertEquals(ExitCode.BAD_INPUT, cli.run("run", good, bad, "--out", path("run")));
        assertFalse(Files.exists(temporary.resolve("run")));
    }

    @Test
    void shouldCheckEveryFileAndEndWith65IfOneIsBad() throws IOException {
        String bad = write("bad.yaml", "svasim: 3\n");
        String good = write("good.yaml", QUICK);

        assertEquals(ExitCode.BAD_INPUT, cli.run("check", bad, good));
        assertEquals(good + ": good\n", cli.out());
    }

    @ParameterizedTest
    @EnumSource(Commands.class)
    void shouldSayWhatTheCommandDoesAndEndWith0(Commands command) {
        String word = command.name().toLowerCase(java.util.Locale.ROOT);

        assertEquals(ExitCode.GOOD, cli.run(word, "--help"));
        assertTrue(cli.out().startsWith("Usage: svasim " + word), cli.out());
    }

    @Test
    void shouldSuggestTheCommandThatWasMeant() {
        assertEquals(ExitCode.USAGE, cli.run("chekc", "x.yaml"));
        assertTrue(cli.err().contains("check"), cli.err());
    }

    /** Fails as a part of the machine does. */
    @Command(name = "broken")
    private static final class Broken implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new IllegalStateException("dsa0 at 17 ps: no such state");
        }
    }

    @Test
    void shouldNameTheNearestComparison() {
        assertEquals(ExitCode.BAD_INPUT, cli.run("validate", "host-credit"));
        assertTrue(cli.err().contains("Did you mean \"host-credits\"?"), cli.err());
    }

    @Test
    void shouldCompareByTheNumberOfAMeasurement() {
        assertEquals(ExitCode.GOOD, cli.run("validate", "m16"));
        assertTrue(cli.out().contains("(far-faults)"), cli.out());
    }
}
