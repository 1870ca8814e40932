package svasim.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.check.Catalogue;
import svasim.kernel.Choices;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** Every scenario that comes with the program, run on the whole machine. */
class ShippedScenariosRunTest {
    /** The only file of a run directory that may differ between two runs. */
    private static final String WALL_CLOCK = "run.json";

    private final Runner runner = new Runner(new MachineAssembly());

    /** All but validation, whose point is not that a run is good. */
    static List<BoundScenario> variants() throws IOException {
        return Home.files().stream()
                .filter(file -> !file.getParent().endsWith("validation"))
                .flatMap(file -> read(file).bindAll(Map.of()).stream())
                .toList();
    }

    private static ScenarioFile read(Path file) {
        try {
            return ScenarioFile.read(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void shouldEndAsExpected(BoundScenario scenario) {
        RunResult result = run(scenario, 0);

        assertEquals(List.of(), result.broken());
        assertTrue(result.good());
    }

    @Test
    void shouldShowEveryInvariantBroken() throws IOException {
        Set<String> notShown = new TreeSet<>();
        Catalogue.entries().forEach(entry -> notShown.add(entry.id()));
        variants().forEach(variant -> notShown.removeAll(variant.scenario().expect().violations()));

        assertEquals(Set.of(), notShown, "broken by no scenario");
    }

    @Test
    void shouldGiveTheSameBytesTwice(@TempDir Path folder) throws IOException {
        BoundScenario scenario =
                read(Home.scenarios().resolve("lifecycle/demand-fault.yaml"))
                        .bindAll(Map.of())
                        .get(0);

        Path first = write(scenario, folder.resolve("first"));
        Path second = write(scenario, folder.resolve("second"));

        List<Path> files = files(first);
        assertEquals(files, files(second));
        for (Path file : files) {
            if (!file.endsWith(WALL_CLOCK)) {
                assertArrayEquals(
                        Files.readAllBytes(first.resolve(file)),
                        Files.readAllBytes(second.resolve(file)),
                        file.toString());
            }
        }
    }

    private RunResult run(BoundScenario scenario, long seed) {
        return runner.run(scenario, seed, Choices.PLAIN, machine -> {});
    }

    private Path write(BoundScenario scenario, Path folder) throws IOException {
        try (RunDirectory directory = RunDirectory.create(folder, scenario, 0)) {
            RunResult result =
                    runner.run(
                            scenario,
                            0,
                            Choices.PLAIN,
                            machine -> directory.attach(machine, EnumSet.allOf(Artifact.class)));
            directory.finish(result);
        }
        return folder;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
        }
    }
}
