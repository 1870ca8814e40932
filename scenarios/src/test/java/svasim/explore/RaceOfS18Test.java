package svasim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.run.MachineAssembly;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** The explorer on a whole machine: the race of an unbind that does not drain. */
class RaceOfS18Test {
    private static final int RUNS = 200;
    private static final int RUNS_WITHOUT_BUG = 60;
    private static final int FEW = 3;

    private final Runner runner = new Runner(new MachineAssembly());

    private static BoundScenario variant(String name) throws IOException {
        return ScenarioFile.read(Home.scenarios().resolve("races/s18-unbind-without-drain.yaml"))
                .bind(name, Map.of());
    }

    @Test
    void shouldNotShowInAPlainRun() throws IOException {
        RunResult plain = runner.run(variant("unordered"), 0, Choices.PLAIN, machine -> {});

        assertTrue(plain.good());
    }

    @Test
    void shouldBeFoundShrunkAndRepeated() throws IOException {
        BoundScenario scenario = variant("unordered");
        Finding found =
                new Explorer(new MachineAssembly(), scenario, 0)
                        .search(Search.of(Search.Method.MIXED, RUNS, 2));

        assertNotNull(found.schedule());
        assertTrue(found.schedule().deviations().size() <= FEW, found.schedule()::toString);
        assertTrue(found.failures().contains("I-33"));
        assertTrue(found.failures().contains("I-11"));
        Schedule again = Schedule.parse(found.schedule().toString());
        Finding repeated = new Explorer(new MachineAssembly(), scenario, 0).replay(again);
        assertEquals(found.failures(), repeated.failures());
        assertEquals(found.story(), repeated.story());
    }

    @Test
    void shouldNotBeThereWhenTheUnbindDrains() throws IOException {
        Finding found =
                new Explorer(new MachineAssembly(), variant("fixed"), 0)
                        .search(Search.of(Search.Method.MIXED, RUNS_WITHOUT_BUG, 2));

        assertNull(found.schedule());
    }
}
