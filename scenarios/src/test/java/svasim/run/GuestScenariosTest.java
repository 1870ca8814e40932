package svasim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.guest.Guest;
import svasim.kernel.Choices;
import svasim.machine.Machine;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** Guests run on each machine whose IOMMU can nest, and leave nothing of them to the host. */
class GuestScenariosTest {
    private static final Path FOLDER = Home.scenarios().resolve("guests");

    static Stream<Arguments> runs() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(FOLDER)) {
            files = all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
        return Stream.of("sapphire-rapids", "kunpeng-920", "epyc")
                .flatMap(profile -> files.stream().map(file -> Arguments.of(profile, file)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void shouldEndWellAndGiveEveryFrameBack(String profile, Path file) throws IOException {
        ScenarioFile scenario = ScenarioFile.read(file);
        if (!profile.equals(own(scenario)) && needsVtd(file)) {
            return;
        }
        for (String variant : scenario.variants()) {
            BoundScenario bound = scenario.bind(variant, Map.of("machine.profile", profile));
            Machine[] machine = new Machine[1];
            RunResult result =
                    new Runner(new MachineAssembly())
                            .run(bound, 0, Choices.PLAIN, run -> machine[0] = run.machine());
            List<String> broken =
                    result.broken().stream()
                            .filter(line -> !line.startsWith("expect.steps"))
                            .toList();
            assertEquals(List.of(), broken, variant);
            assertEquals(List.of(), result.waitingFor());
            assertNothingIsLeft(machine[0]);
        }
    }

    private static String own(ScenarioFile scenario) {
        return scenario.bind(scenario.variants().get(0), Map.of()).scenario().machine().profile();
    }

    /** Caching mode and parts of devices are there with VT-d only. */
    private static boolean needsVtd(Path file) throws IOException {
        String text = Files.readString(file);
        return text.contains("caching") || text.contains("compose");
    }

    private static void assertNothingIsLeft(Machine machine) {
        for (Guest guest : machine.guests().values()) {
            for (long gpa = 0; gpa < guest.memory().view().end(); gpa += frame()) {
                assertTrue(!guest.memory().isThere(gpa));
            }
        }
        long first = machine.hardware().memory().base();
        long last = Math.min(machine.hardware().memory().end(), first + (6L << 30));
        for (long hpa = first; hpa < last; hpa += frame()) {
            assertTrue(machine.hardware().frames().use(hpa) != FrameUse.GUEST);
        }
    }

    private static long frame() {
        return PhysicalMemory.FRAME_BYTES;
    }
}
