package svasim.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import svasim.kernel.Choices;
import svasim.scenario.BoundScenario;

class RunDirectoryTest {
    @TempDir private Path temporary;

    private Path run(String name) throws IOException {
        BoundScenario scenario = Toys.scenario("");
        Path folder = temporary.resolve(name);
        try (RunDirectory directory = RunDirectory.create(folder, scenario, 0)) {
            directory.finish(
                    new Runner(ToyMachine.assembly())
                            .run(
                                    scenario,
                                    0,
                                    Choices.PLAIN,
                                    machine ->
                                            directory.attach(machine, List.of(Artifact.values()))));
        }
        return folder;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
        }
    }

    @Test
    void shouldWriteEveryFile() throws IOException {
        assertEquals(
                List.of(
                        "effective.yaml",
                        "latency.hlog",
                        "latency/toy.delay.ps.hgrm",
                        "run.json",
                        "scenario.yaml",
                        "sequence.mmd",
                        "stats.csv",
                        "stats.json",
                        "svapcie.lua",
                        "tlp.pcapng",
                        "tlp.txt",
                        "trace.json"),
                files(run("a")).stream().map(Path::toString).toList());
    }

    @Test
    void shouldWriteTheSameBytesAgainExceptForTheWallClock() throws IOException {
        Path one = run("one");
        Path other = run("other");

        for (Path file : files(one)) {
            if (!file.endsWith("run.json")) {
                assertArrayEquals(
                        Files.readAllBytes(one.resolve(file)),
                        Files.readAllBytes(other.resolve(file)),
                        file.toString());
            }
        }
    }

    @Test
    void shouldNeverWriteOverAnotherRun() throws IOException {
        Path folder = run("a");

        assertThrows(CannotWrite.class, () -> run("a"));
        assertEquals(temporary.resolve("a-2"), RunDirectory.unused(folder));
    }

    @Test
    void shouldMarkARunThatBrokeOff() throws IOException {
        Path folder = temporary.resolve("b");
        try (RunDirectory directory = RunDirectory.create(folder, Toys.scenario(""), 0)) {
            directory.breakOff(new IllegalStateException("bug"));
        }

        assertTrue(Files.readString(folder.resolve("run.json")).contains("\"partial\" : true"));
    }
}
