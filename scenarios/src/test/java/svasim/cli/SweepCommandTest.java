package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user of sweeps types, and what it ends with. */
class SweepCommandTest {
    private static final String SAMPLES = "processes.bench.threads.main.1.submit.samples";
    private static final String SCENARIO =
            """
            svasim: 1
            title: Reads
            machine: {profile: broadwell-ep, devices: {nfp0: {model: dma-bench, port: rp0}}}
            processes:
              bench:
                threads:
                  main: [{open: nfp0}, {submit: {to: nfp0, samples: 1, as: run}}, {wait: run}]
            expect: {statistics: {nfp0.accesses: {max: 20}}}
            """;

    @TempDir private Path folder;
    private Path file;
    private Path out;

    @BeforeEach
    void writeScenario() throws IOException {
        file = Files.writeString(folder.resolve("reads.yaml"), SCENARIO);
        out = folder.resolve("out");
    }

    private int sweep(Cli cli, String... more) {
        List<String> words = new ArrayList<>(List.of("sweep", file.toString()));
        words.addAll(Arrays.asList(more));
        return cli.run(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "1..3, 0, 3 good",
        "'1,40,2', 1, '2 good, 1 not good'",
        "'1,forty', 65, ''",
    })
    void shouldEndWithTheWorstOfItsPoints(String values, int code, String words) {
        Cli cli = new Cli();

        assertEquals(code, sweep(cli, "-p", SAMPLES + "=" + values, "--out", out.toString()));

        assertTrue(cli.out().contains(words), cli.out() + cli.err());
        assertFalse(cli.err().contains("\tat "), cli.err());
    }

    @Test
    void shouldEndWithTheLimitThatAPointReached() {
        int code = sweep(new Cli(), "-p", "measure.events=10,1000000", "--out", out.toString());

        assertEquals(ExitCode.LIMIT, code);
    }

    @Test
    void shouldRefuseUsageThatMakesNoSense() {
        assertEquals(ExitCode.USAGE, sweep(new Cli(), "--jobs", "0"));
        assertEquals(ExitCode.USAGE, sweep(new Cli(), "--samples", "0"));
        assertEquals(ExitCode.USAGE, new Cli().run("run", "--point", "x:0", "--seed", "1"));
        assertEquals(ExitCode.USAGE, new Cli().run("run"));
        assertEquals(ExitCode.BAD_INPUT, new Cli().run("run", "--point", "plan.jsonl"));
        assertEquals(ExitCode.NO_INPUT, new Cli().run("run", "--point", folder + "/none:0"));
        assertEquals(ExitCode.NO_INPUT, new Cli().run("collect", folder.toString()));
    }

    @Test
    void shouldNotWriteIntoAFolderOfSomethingElse() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("mine"), "");

        assertEquals(ExitCode.CANNOT_WRITE, sweep(new Cli(), "--out", out.toString()));
    }

    @Test
    void shouldRunAPointOfItsPlan() throws IOException {
        Path plan = folder.resolve("plans/reads.jsonl");
        Cli planning = new Cli();
        assertEquals(0, sweep(planning, "-p", SAMPLES + "=1,40", "--plan", plan.toString()));
        assertTrue(planning.out().contains("2 points"), planning.out());
        assertTrue(Files.isRegularFile(plan.resolveSibling("reads.sbatch")));

        Cli first = new Cli();
        assertEquals(0, first.run("run", "--point", plan + ":0"), first.err());
        Cli again = new Cli();
        assertEquals(0, again.run("run", "--point", plan + ":0"), again.err());
        assertTrue(again.out().contains("there already"), again.out());
        assertEquals(1, new Cli().run("run", "--point", plan + ":1"));
        assertEquals(ExitCode.BAD_INPUT, new Cli().run("run", "--point", plan + ":2"));

        Cli collect = new Cli();
        assertEquals(1, collect.run("collect", folder.resolve("plans/reads").toString()));
        assertTrue(collect.out().contains("2 points, 1 not good"), collect.out());
    }

    @Test
    void shouldCompareTwoSweepsPointByPoint() throws IOException {
        Path other = folder.resolve("other");
        sweep(new Cli(), "-p", SAMPLES + "=1,2", "--out", out.toString());
        Files.writeString(file, SCENARIO.replace("broadwell-ep", "haswell-ep"));
        sweep(new Cli(), "-p", SAMPLES + "=1,2", "--out", other.toString());
        for (Path one : List.of(out, other)) {
            assertEquals(0, new Cli().run("collect", one.toString()));
        }

        Cli sweeps = new Cli();
        int code = sweeps.run("compare", out.toString(), other.toString(), "--threshold", "0.1");
        Cli tables = new Cli();
        Path table = Path.of("collected/points.csv");
        tables.run(
                "compare",
                out.resolve(table).toString(),
                other.resolve(table).toString(),
                "--threshold",
                "0.1");

        assertEquals(ExitCode.DIFFERENT, code);
        assertEquals(sweeps.out(), tables.out());
        assertTrue(sweeps.out().contains("samples=2 seed=0/"), sweeps.out());
        assertEquals(0, compare(out, other, "--threshold", "100000000"));
        assertEquals(0, compare(out, out));
    }

    private static int compare(Path first, Path second, String... options) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("compare", first.toString(), second.toString()));
        words.addAll(List.of(options));
        return new Cli().run(words.toArray(String[]::new));
    }

    @Test
    void shouldBeAGateThatLooksAtMeansOverSeeds() throws IOException {
        Path other = folder.resolve("other");
        String[] values = {"-p", SAMPLES + "=10", "--seeds", "1..3", "--out"};
        sweep(new Cli(), values[0], values[1], values[2], values[3], values[4], out.toString());
        Files.writeString(file, SCENARIO.replace("broadwell-ep", "haswell-ep"));
        sweep(new Cli(), values[0], values[1], values[2], values[3], values[4], other.toString());
        for (Path one : List.of(out, other)) {
            assertEquals(0, new Cli().run("collect", one.toString()));
        }
        Path table = Path.of("collected/groups.csv");
        Path before = out.resolve(table);
        Path after = other.resolve(table);

        assertEquals(0, compare(before, before));
        assertEquals(1, compare(before, after));
        assertEquals(1, compare(before, after, "--stats", "nfp0.dma.latency.ps.mean"));
        assertEquals(0, compare(before, after, "--stats", "nfp0.accesses"));
        String own = "nfp0.dma.latency.ps=100000";
        assertEquals(
                0, compare(before, after, "--threshold", own, "--stats", "nfp0.dma.latency.ps"));
        assertEquals(65, compare(before, after, "--stats", "nfp0.dma.latncy.ps"));
        assertEquals(64, compare(before, after, "--threshold", "little"));
    }

    @Test
    void shouldTakeUpASweepThatWasKilled() throws Exception {
        String[] command = {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "sweep",
            file.toString(),
            "-p",
            SAMPLES + "=1,2,2000000000",
            "--set",
            "expect.statistics={}",
            "--jobs",
            "1",
            "--out",
            out.toString()
        };
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            while (results(".part") == 0 || results("") < 2) {
                assertTrue(process.isAlive(), "it ended by itself");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertEquals(2, results(""));

        Cli cli = new Cli();
        int code =
                sweep(
                        cli,
                        "-p",
                        SAMPLES + "=1,2,30",
                        "--set",
                        "expect.statistics={}",
                        "--out",
                        out.toString());

        assertEquals(0, code, cli.err());
        assertTrue(cli.err().contains("3 of 3 points, 1 run in"), cli.err());
    }

    /** As a shell does it that allows no more; a file of a result is larger than 2 KiB. */
    @Test
    void shouldSayThatAResultCannotBeWrittenAndTakeItUpLater() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "ulimit -f 4; exec \"$@\"", "sh", java));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(
                List.of("sweep", file.toString(), "-p", SAMPLES + "=1,2,3,4", "--jobs", "1"));
        command.addAll(List.of("--out", out.toString()));
        Path log = folder.resolve("log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();

        assertEquals(ExitCode.CANNOT_WRITE, process.waitFor());
        String said = Files.readString(log);
        assertEquals(2, said.split("cannot write").length, said);
        assertFalse(said.contains("\tat "), said);
        assertTrue(said.contains("0 good, 0 not good, 4 without result"), said);
        assertEquals(0, results(""));
        assertEquals(0, results(".part"));
        assertEquals(0, sweep(new Cli(), "-p", SAMPLES + "=1,2,3,4", "--out", out.toString()));
        assertEquals(4, results(""));
    }

    /** Whole results, or those whose name begins with a dot and ends like this. */
    private long results(String suffix) throws IOException {
        Path points = out.resolve("points");
        if (!Files.exists(points)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(points)) {
            return all.map(p -> p.getFileName().toString())
                    .filter(n -> n.startsWith(".") != suffix.isEmpty() && n.endsWith(suffix))
                    .count();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 0, 0, 1, '0 of 10 points'",
        "5, 10, 5, 20, 20, '5 of 10 points, 20 s left'",
        "5, 10, 5, 20, 23, '5 of 10 points, 17 s left'",
        "5, 10, 5, 20, 50, '5 of 10 points, 10 s left'",
        "5, 10, 1, 20, 20, '5 of 10 points, 2 min left'",
        "5, 1000, 5, 200, 200, '5 of 1000 points, 11 h 3 min left'",
        "10, 10, 4, 3, 3, '10 of 10 points, 4 run in 3 s'",
    })
    void shouldSayHowLongTheRestTakes(
            int ended, int total, int run, double last, double now, String line) {
        assertEquals(line, Progress.line(ended, total, run, last, now));
    }
}
