package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real process tells of a run that takes long, and leaves of one that breaks off. */
class LongRunTest {
    private static final String ENDLESS =
            """
            svasim: 1
            title: Reads without end
            machine: {profile: broadwell-ep, devices: {nfp0: {model: dma-bench, port: rp0}}}
            processes:
              bench:
                threads:
                  main: [{open: nfp0}, {submit: {to: nfp0, samples: 2000000000, as: run}}, {wait: run}]
            """;

    private static final String SHORT =
            ENDLESS.replace("2000000000", "2000").replace("without end", "for a while");

    private static final int LOOK_EVERY_MS = 20;

    @TempDir private Path temporary;
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldTellHowFarARunIsWhereItIsAsked() throws Exception {
        Process process = start("unlimited", ENDLESS, "run", "--progress");
        awaitLog(process, "events, ");

        process.destroy();

        assertEquals(ExitCode.INTERRUPTED, process.waitFor());
        assertTrue(log().contains("endless: "), log());
        assertTrue(log().contains(" simulated, "), log());
        assertTrue(log().contains(" million a second"), log());
    }

    @Test
    void shouldTellASearchThatIsInterruptedAndMarkItAsPartial() throws Exception {
        Process process = start("unlimited", SHORT, "explore", "--runs", "100000000", "--progress");
        awaitLog(process, "of 100000000 runs");

        process.destroy();

        assertEquals(ExitCode.INTERRUPTED, process.waitFor());
        assertTrue(log().contains("until it was interrupted (partial)"), log());
        assertTrue(json("explore.json").get("partial").asBoolean());
        assertTrue(json("explore.json").get("runs").asInt() > 0);
    }

    /** As a shell does it that allows no more: a trace is larger than 32 KiB. */
    @Test
    void shouldMarkARunAsPartialWhenItsTraceCannotBeWritten() throws Exception {
        Process process = start("64", SHORT, "run", "--trace", "tlp");

        assertEquals(ExitCode.IO_ERROR, process.waitFor(), log());
        assertTrue(log().contains("what is there is marked as partial"), log());
        assertTrue(log().contains(temporary.resolve("out").toString()), log());
        assertFalse(log().contains("\tat "), log());
        assertTrue(json("run.json").get("partial").asBoolean());
    }

    /** The effective scenario is larger than 2 KiB. */
    @Test
    void shouldSayThatARunCannotBeginWithoutRoom() throws Exception {
        Process process = start("4", SHORT, "run");

        assertEquals(ExitCode.CANNOT_WRITE, process.waitFor(), log());
        assertEquals(1, log().lines().count(), log());
        assertTrue(log().startsWith("svasim: cannot write: "), log());
    }

    @Test
    void shouldTellNothingOfAShortRunInAFile() throws Exception {
        Process process = start("unlimited", SHORT, "run");

        assertEquals(ExitCode.GOOD, process.waitFor(), log());
        assertFalse(log().contains("million a second"), log());
    }

    /**
     * @param blocks of 512 bytes that a file may have
     */
    private Process start(String blocks, String scenario, String command, String... more)
            throws IOException {
        Path file = Files.writeString(temporary.resolve("endless.yaml"), scenario);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> line = new ArrayList<>();
        line.addAll(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh", java));
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp"));
        line.addAll(List.of(System.getProperty("java.class.path"), Main.class.getName()));
        line.addAll(List.of(command, file.toString()));
        line.addAll(List.of("--out", temporary.resolve("out").toString()));
        line.addAll(List.of(more));
        Process process =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(temporary.resolve("log").toFile())
                        .start();
        processes.add(process);
        return process;
    }

    private String log() throws IOException {
        return Files.readString(temporary.resolve("log"));
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(temporary.resolve("out").resolve(name).toFile());
    }

    private void awaitLog(Process process, String words) throws Exception {
        boolean runs = true;
        while (runs && !log().contains(words)) {
            runs = !process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        }
        assertTrue(log().contains(words), log());
    }
}
