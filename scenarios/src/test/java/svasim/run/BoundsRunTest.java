package svasim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.check.Violation;
import svasim.kernel.Choices;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** {@code measure.bounds}: a bound that nothing can keep is broken, the usual one is not. */
class BoundsRunTest {
    private static List<String> broken(String file, Map<String, String> sets) throws IOException {
        ScenarioFile scenario = ScenarioFile.read(Home.scenarios().resolve(file));
        RunResult result =
                new Runner(new MachineAssembly())
                        .run(
                                scenario.bind(scenario.variants().get(0), sets),
                                0,
                                Choices.PLAIN,
                                simulation -> {});
        return result.violations().stream().map(Violation::invariant).distinct().toList();
    }

    @ParameterizedTest
    @CsvSource({
        "pageRequest, I-37, lifecycle/demand-fault.yaml",
        "drain, I-44, lifecycle/demand-fault.yaml",
        "kill, I-45, lifecycle/kill-with-page-requests.yaml",
        "invalidation, I-47, lifecycle/unmap-while-dma.yaml",
        "notifier, I-47, lifecycle/unmap-while-dma.yaml",
    })
    void shouldFindEachBoundBrokenThatNothingCanKeep(String key, String id, String file)
            throws IOException {
        assertEquals(List.of(), broken(file, Map.of()));

        assertEquals(List.of(id), broken(file, Map.of("measure.bounds." + key, "1ns")));
    }
}
