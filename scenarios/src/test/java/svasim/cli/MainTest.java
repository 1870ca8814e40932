package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.scenario.Home;

class MainTest {
    @TempDir private Path temporary;

    private final Cli cli = new Cli();
    private String scenario;

    @BeforeEach
    void findScenario() {
        scenario = Home.scenarios().resolve("lifecycle/bind-to-free.yaml").toString();
    }

    private int run(String... arguments) {
        return cli.run(arguments);
    }

    private String write(String text) throws IOException {
        return Files.writeString(temporary.resolve("x.yaml"), text).toString();
    }

    @Test
    void shouldRunAScenarioAndLeaveItsResults() {
        String folder = temporary.resolve("run").toString();

        assertEquals(ExitCode.GOOD, run("run", scenario, "--out", folder, "--trace", "tlp"));
        assertTrue(cli.out().contains("PASID 1 is freed"), cli.out());
        assertTrue(Files.exists(temporary.resolve("run/tlp.txt")));
    }

    @Test
    void shouldLeaveNothingUnprintedAtTheEnd() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, false, StandardCharsets.UTF_8));
        try {
            assertEquals(ExitCode.GOOD, Main.run("list", "profiles", "--format", "json"));
        } finally {
            System.setOut(before);
        }

        assertTrue(printed.toString(StandardCharsets.UTF_8).strip().endsWith("}"));
    }

    @Test
    void shouldNotWriteOverAnotherRun() {
        assertEquals(ExitCode.GOOD, run("run", scenario, "--out", temporary + "/run"));
        assertEquals(ExitCode.CANNOT_WRITE, run("run", scenario, "--out", temporary + "/run"));
        assertTrue(cli.err().startsWith("svasim: cannot write"), cli.err());
    }

    @Test
    void shouldEndWithOneWhenAnExpectationDoesNotHold() {
        assertEquals(
                ExitCode.DIFFERENT,
                run(
                        "run",
                        scenario,
                        "--out",
                        temporary + "/run",
                        "--set",
                        "expect.violations=[I-01]"));
        assertTrue(cli.out().contains("expect.violations: expected [I-01], found []"));
    }

    @Test
    void shouldEndWithTwoAtALimit() throws IOException {
        assertEquals(
                ExitCode.LIMIT,
                run("run", scenario, "--out", temporary + "/run", "--set", "measure.until=1us"));
        assertTrue(
                Files.readString(temporary.resolve("run/run.json")).contains("\"partial\" : true"));
    }

    @Test
    void shouldPrintAnObjectForPrograms() {
        run("run", scenario, "--out", temporary + "/run", "--format", "json");

        assertTrue(cli.out().startsWith("{\n  \"title\" : "), cli.out());
    }

    @Test
    void shouldReportFiveMistakesAtOnce() throws IOException {
        String file =
                write(
                        """
                        svasim: 1
                        title: Five mistakes
                        machine: {devices: {dsa0: {model: dsa, prot: rp0}}}
                        os: {policy: linux-7}
                        processes:
                          app:
                            buffers: {src: {size: 8192}}
                            threads: {main: [{open: dsa1}, exti]}
                        """);

        assertEquals(ExitCode.BAD_INPUT, run("check", file));
        assertEquals(5, cli.err().lines().count(), cli.err());
        assertTrue(cli.err().lines().allMatch(line -> line.startsWith(file + ":")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000\u0001", "{{{{", "a: &x [*x]", "- 1", "\t- a"})
    void shouldEndCleanlyOnNoise(String noise) throws IOException {
        assertEquals(ExitCode.BAD_INPUT, run("run", write(noise)));
        assertTrue(!cli.err().contains("\tat "), cli.err());
    }

    @Test
    void shouldEndCleanlyOnDeepNesting() throws IOException {
        assertEquals(ExitCode.BAD_INPUT, run("check", write("[".repeat(100_000))));
        assertEquals(1, cli.err().lines().count());
    }

    @Test
    void shouldTellMissingFilesFromWrongUsage() {
        assertEquals(ExitCode.NO_INPUT, run("run", temporary + "/nothing.yaml"));
        assertEquals(ExitCode.NO_INPUT, run("replay", temporary + "/nothing"));
        assertEquals(ExitCode.USAGE, run("run"));
        assertEquals(ExitCode.USAGE, run("rum"));
        assertEquals(ExitCode.USAGE, run());
        assertEquals(ExitCode.USAGE, run("explore", scenario, "--replay", "nonsense"));
    }

    @Test
    void shouldCompareOneScenarioOnSeveralMachines() {
        assertEquals(
                ExitCode.DIFFERENT,
                run("compare", scenario, "--profiles", "sapphire-rapids,haswell-ep"));
        assertTrue(cli.out().contains("PASID-cache Invalidate"), cli.out());
        assertTrue(
                cli.out().contains("haswell-ep: did not succeed: app.main: open dsa0: iommu0"),
                cli.out());
        assertEquals(
                ExitCode.GOOD,
                run("compare", scenario, "--profiles", "sapphire-rapids", "--format", "json"));
        assertEquals(ExitCode.USAGE, run("compare", scenario));
        assertEquals(ExitCode.BAD_INPUT, run("compare", scenario, "--profiles", "sapphire"));
    }

    @Test
    void shouldCompareTwoRuns() {
        String first = temporary + "/first";
        String second = temporary + "/second";
        run("run", scenario, "--out", first);
        run("run", scenario, "--out", second, "--set", "processes.app.buffers.src.size=16KiB");

        assertEquals(ExitCode.GOOD, run("compare", first, first));
        assertEquals(ExitCode.DIFFERENT, run("compare", first, second));
        assertEquals(ExitCode.GOOD, run("compare", first, second, "--threshold", "1e9"));
        assertEquals(ExitCode.NO_INPUT, run("compare", first, temporary + "/third"));
    }

    @Test
    void shouldExplainWhereAValueComesFrom() {
        String value = "machine.memory.dram";
        assertEquals(ExitCode.GOOD, run("explain", scenario, "os.scheduler.timeSlice"));
        assertTrue(cli.out().matches("os.scheduler.timeSlice +3ms +default\\R"), cli.out());
        assertEquals(
                ExitCode.GOOD,
                run("explain", scenario, value, "--set", "machine.profile=haswell-ep"));
        assertTrue(cli.out().contains("profiles/haswell-ep.yaml:4: pcie-bench"));
        assertEquals(ExitCode.USAGE, run("explain", scenario, "machine.memry.dram"));
        assertTrue(cli.err().contains("Did you mean \"" + value + "\"?"), cli.err());
    }

    @Test
    void shouldExplainWhichConditionOfABindFailsFirst() {
        String story = Home.scenarios().resolve("lifecycle/no-prefix-root-port.yaml").toString();

        assertEquals(ExitCode.DIFFERENT, run("explain", story, "bind"));
        assertTrue(cli.out().startsWith("dsa0 cannot be bound"), cli.out());
        assertTrue(
                cli.out()
                        .lines()
                        .anyMatch(l -> l.matches("  -> .*End-End TLP Prefix Supported +no")),
                cli.out());
        assertTrue(cli.out().contains("the first that fails: a port above dsa0 does not"));
    }

    @Test
    void shouldRefusePasidsWhereAPeerCouldAnswer() {
        String story = Home.scenarios().resolve("lifecycle/no-prefix-root-port.yaml").toString();
        String open = "machine.ports.rp0.acs=false";
        String prefixes = "machine.ports.rp0.prefixes=true";

        assertEquals(
                ExitCode.DIFFERENT,
                run("explain", story, "bind", "--set", open, "--set", prefixes));
        assertTrue(cli.out().contains("ACS does not redirect requests of dsa0"), cli.out());
        assertEquals(ExitCode.GOOD, run("explain", story, "bind", "--set", prefixes));
    }

    @Test
    void shouldExplainWhatIsHypotheticalOnAMachine() {
        assertEquals(
                ExitCode.GOOD,
                run("explain", scenario, "bind", "--set", "machine.profile=kunpeng-920"));
        assertTrue(cli.out().contains("hypothetical: iommu0: page requests (PRI)"), cli.out());
    }

    @Test
    void shouldExplainThatABindWouldSucceed() {
        assertEquals(ExitCode.GOOD, run("explain", scenario, "bind", "--format", "json"));
        assertTrue(cli.out().contains("\"value\" : \"1 to 1048575\""), cli.out());
        assertTrue(!cli.out().contains("refusal"), cli.out());
    }

    @Test
    void shouldReplayCaptures() throws IOException {
        Files.writeString(
                temporary.resolve("unit.json"), "{\"unit\":\"x\",\"iommu\":\"riscv-iommu\"}");
        Files.writeString(temporary.resolve("trace.txt"), "R 0 8 0\n");

        assertEquals(
                ExitCode.GOOD, run("replay", "src/test/resources/captures/vtd-record-of-a-read"));
        assertEquals(ExitCode.DIFFERENT, run("replay", "--format", "json", temporary.toString()));
        assertTrue(cli.out().contains("\"unsupported\":{\"unit riscv-iommu\":1}"));
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldListWhatThereIs(Topic topic) {
        assertEquals(ExitCode.GOOD, run("list", topic.name().toLowerCase(java.util.Locale.ROOT)));
        assertTrue(cli.out().lines().count() > 0);
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldShowWhatItLists(Topic topic) throws IOException {
        String name = topic.entries().keySet().iterator().next();

        assertEquals(ExitCode.GOOD, run("show", name));
        assertTrue(cli.out().startsWith(name + ": " + topic.entries().get(name)), cli.out());
        assertTrue(cli.out().lines().count() > 1, cli.out());
    }

    @Test
    void shouldShowWhatAScenarioIsAboutAndAProfilesSources() {
        run("show", "bind-to-free");
        assertTrue(cli.out().contains("Follow one PASID from its allocation"), cli.out());
        assertTrue(cli.out().contains("machine:   sapphire-rapids with dsa0 (dsa)"), cli.out());
        run("show", "broadwell-ep");
        assertTrue(cli.out().contains("machine.memory.dram"), cli.out());
        assertTrue(cli.out().contains("pcie-bench raw data"), cli.out());
        assertTrue(cli.out().contains("pcie-bench-latency [broadwell-off"), cli.out());
    }

    @Test
    void shouldDescribeEveryParameterOfAModelWhereItIsShownAndListed() {
        for (String[] command : new String[][] {{"show", "dsa"}, {"list", "models"}}) {
            assertEquals(ExitCode.GOOD, run(command));
            assertTrue(
                    cli.out()
                            .lines()
                            .anyMatch(
                                    line ->
                                            line.matches(
                                                    "  bandwidth +a rate, B/s to GB/s +30GB/s"
                                                            + " +Rate at which .*")),
                    cli.out());
            assertTrue(cli.out().contains("times are assumed"), cli.out());
            assertTrue(cli.out().contains("  queues.NAME.size "), cli.out());
        }
    }

    @Test
    void shouldShowWhereAnInvariantBreaks() {
        run("show", "I-20");

        assertTrue(cli.out().contains("mapped-device-file [defect]"), cli.out());
    }

    @Test
    void shouldShowOneThing() {
        assertEquals(ExitCode.GOOD, run("show", "bind-to-free"));
        assertEquals(ExitCode.GOOD, run("show", "I-01"));
        assertEquals(ExitCode.USAGE, run("show", "bind-to-fee"));
        assertTrue(cli.err().contains("Did you mean \"bind-to-free\"?"), cli.err());
    }

    @Test
    void shouldStartANewScenarioThatRuns() {
        String name = temporary.resolve("mine").toString();

        assertEquals(ExitCode.GOOD, run("new", name));
        assertEquals(ExitCode.GOOD, run("check", name + ".yaml"));
        assertEquals(ExitCode.GOOD, run("run", name + ".yaml", "--out", temporary + "/run"));
        assertEquals(ExitCode.CANNOT_WRITE, run("new", name));
    }

    @Test
    void shouldPrintTheSchemaAndTheVersion() {
        assertEquals(ExitCode.GOOD, run("schema"));
        assertTrue(cli.out().contains("draft-07"));
        assertEquals(ExitCode.GOOD, run("--version"));
    }

    @Test
    void shouldExploreWithoutFindingAnythingInAGoodScenario() {
        assertEquals(ExitCode.GOOD, run("explore", scenario, "--runs", "5"));
        assertTrue(cli.out().contains("5 runs, nothing broke"), cli.out());
    }

    @Test
    void shouldHaveHelpForEveryCommand() {
        for (Commands command : Commands.values()) {
            String word = command.name().toLowerCase(java.util.Locale.ROOT);
            assertEquals(ExitCode.GOOD, run(word, "--help"), word);
        }
    }
}
