package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals to a real process: it ends with 130, and what it leaves is marked as partial. */
class SignalTest {
    /** Samples that nobody lives to see the end of. */
    private static final String ENDLESS =
            """
            svasim: 1
            title: Reads without end
            machine: {profile: broadwell-ep, devices: {nfp0: {model: dma-bench, port: rp0}}}
            processes:
              bench:
                threads:
                  main: [{open: nfp0}, {submit: {to: nfp0, samples: 2000000000, as: run}}, {wait: run}]
            variants: {first: {}, second: {}}
            """;

    private static final int LOOK_EVERY_MS = 2;
    private static final long SIGNAL_INTERRUPT = 2;

    @TempDir private Path temporary;
    private final List<Process> processes = new ArrayList<>();
    private Path scenario;

    @BeforeEach
    void writeScenario() throws IOException {
        scenario = Files.writeString(temporary.resolve("endless.yaml"), ENDLESS);
    }

    @AfterEach
    void killWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void shouldLeavePartialResultsWhenItIsInterrupted(String signal) throws Exception {
        assumeFalse(signal.equals("INT") && isInterruptIgnored());
        Path folder = temporary.resolve("run");
        Process process = start(folder);
        Path first = folder.resolve("first");
        await(process, first.resolve("effective.yaml"));

        send(signal, process);

        assertEquals(ExitCode.INTERRUPTED, process.waitFor());
        assertPartial(first);
        assertFalse(Files.exists(folder.resolve("second")), "another run was begun");
        assertFalse(Files.readString(log(folder)).contains("\tat "), "a stack trace");
    }

    @Test
    void shouldKeepWhatWasMeasuredUntilThen() throws Exception {
        Path folder = temporary.resolve("run");
        Process process = start(folder);
        Path tlps = folder.resolve("first/tlp.txt");
        await(process, tlps);
        while (Files.size(tlps) == 0 && isRunning(process)) {}

        send("TERM", process);

        assertEquals(ExitCode.INTERRUPTED, process.waitFor());
        JsonNode statistics = json(folder.resolve("first/stats.json"));
        assertTrue(statistics.toString().contains("nfp0.accesses"), statistics.toString());
        assertEquals("STOPPED", json(folder.resolve("first/run.json")).get("end").asText());
        String trace = Files.readString(tlps);
        assertTrue(trace.endsWith("\n"), "the last line is cut off");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 300, 500, 700})
    void shouldNeverLeaveHalfARunWhenTheSignalComesEarly(int milliseconds) throws Exception {
        Path folder = temporary.resolve("early");
        Process process = start(folder);
        process.waitFor(milliseconds, TimeUnit.MILLISECONDS);

        send("TERM", process);
        process.waitFor();

        assertPartialIfThere(folder);
    }

    @Test
    void shouldNeverLeaveHalfARunWhenTheSignalComesWithItsFirstFile() throws Exception {
        Path folder = temporary.resolve("early");
        Process process = start(folder);
        await(process, folder);

        send("TERM", process);

        assertEquals(ExitCode.INTERRUPTED, process.waitFor());
        assertPartialIfThere(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void shouldKeepThePointsOfASweepThatHaveEnded(String signal) throws Exception {
        assumeFalse(signal.equals("INT") && isInterruptIgnored());
        Path folder = temporary.resolve("sweep");
        String axis = "processes.bench.threads.main.1.submit.samples=1,2,1000000000,2000000000,3";
        Process process = start(folder, "sweep", "--variant", "first", "--jobs", "2", "-p", axis);
        while (points(folder, "") < 2 || points(folder, ".part") < 2) {
            assertTrue(isRunning(process), "it ended by itself");
        }

        send(signal, process);

        assertEquals(ExitCode.INTERRUPTED, process.waitFor());
        String said = Files.readString(log(folder));
        assertTrue(said.contains("5 points: 2 good, 0 not good, 3 without result"), said);
        assertEquals(2, points(folder, ""));
        for (Path part : listed(folder.resolve("points"), ".part")) {
            assertPartial(part);
        }
        String fewer = axis.replace("000000", "");
        assertEquals(0, start(folder, "sweep", "--variant", "first", "-p", fewer).waitFor());
        said = Files.readString(log(folder));
        assertTrue(said.contains("5 of 5 points, 3 run in"), said);
    }

    /** Results whose folder has such an ending and, if that is not empty, begins with a dot. */
    private static int points(Path folder, String ending) throws IOException {
        Path points = folder.resolve("points");
        return Files.exists(points) ? listed(points, ending).size() : 0;
    }

    private static List<Path> listed(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(ending))
                    .filter(
                            path ->
                                    path.getFileName().toString().startsWith(".")
                                            != ending.isEmpty())
                    .toList();
        }
    }

    private Process start(Path folder) throws IOException {
        return start(folder, "run", "--trace", "tlp");
    }

    private Process start(Path folder, String name, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        command.addAll(List.of(name, scenario.toString(), "--out", folder.toString()));
        command.addAll(List.of(options));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log(folder).toFile())
                        .start();
        processes.add(process);
        return process;
    }

    private static Path log(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".log");
    }

    private static void await(Process process, Path file) throws Exception {
        while (!Files.exists(file)) {
            assertTrue(isRunning(process), "it ended by itself");
        }
    }

    private static boolean isRunning(Process process) throws InterruptedException {
        return !process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private static void send(String signal, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }

    private static void assertPartialIfThere(Path folder) throws IOException {
        if (Files.exists(folder)) {
            assertPartial(folder.resolve("first"));
        }
    }

    private static void assertPartial(Path folder) throws IOException {
        assertTrue(json(folder.resolve("run.json")).get("partial").asBoolean());
        assertEquals(ENDLESS, Files.readString(folder.resolve("scenario.yaml")));
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    /** A process that a shell started in the background hands that down to its children. */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored =
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .findFirst()
                        .orElse("SigIgn: 0");
        long mask = Long.parseUnsignedLong(ignored.split("\\s+")[1], 16);
        return (mask >>> SIGNAL_INTERRUPT - 1 & 1) != 0;
    }
}
