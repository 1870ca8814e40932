package svasim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** {@code measure.invariants: false}. */
class UncheckedRunTest {
    private static final Map<String, String> UNCHECKED = Map.of("measure.invariants", "false");
    private static final Map<String, String> USUAL = Map.of();

    private static RunResult plain(Map<String, String> sets) throws IOException {
        ScenarioFile scenario = ScenarioFile.read(shipped("bind-to-free.yaml"));
        return run(scenario.bind(scenario.variants().get(0), sets));
    }

    /** Breaks invariants, and says that it expects that. */
    private static RunResult defect(Map<String, String> sets) throws IOException {
        return run(ScenarioFile.read(shipped("mapped-device-file.yaml")).bind("defect", sets));
    }

    private static RunResult run(BoundScenario scenario) {
        Runner runner = new Runner(new MachineAssembly());
        return runner.run(scenario, 0, Choices.PLAIN, simulation -> {});
    }

    private static Path shipped(String name) throws IOException {
        return Home.files().stream()
                .filter(file -> file.endsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }

    private static String verdict(RunResult result) {
        List<String> lines = Summary.text(result);
        return lines.get(lines.size() - 1);
    }

    @Test
    void shouldCheckInvariantsUnlessToldOtherwise() throws IOException {
        RunResult result = plain(USUAL);

        assertTrue(verdict(result).endsWith("0 invariants broken"), verdict(result));
        assertEquals(true, Summary.plain(result).get("checked"));
    }

    @Test
    void shouldSayThatNothingWasChecked() throws IOException {
        RunResult result = plain(UNCHECKED);

        assertTrue(result.good());
        assertTrue(verdict(result).endsWith("invariants not checked"), verdict(result));
        assertEquals(false, Summary.plain(result).get("checked"));
    }

    @Test
    void shouldChangeNothingElse() throws IOException {
        RunResult checked = plain(USUAL);
        RunResult unchecked = plain(UNCHECKED);

        assertEquals(checked.endPs(), unchecked.endPs());
        assertEquals(checked.events(), unchecked.events());
        assertEquals(checked.life(), unchecked.life());
    }

    @Test
    void shouldFindNothingBrokenAndNotCallThatGood() throws IOException {
        assertFalse(defect(USUAL).violations().isEmpty());

        RunResult unchecked = defect(UNCHECKED);

        assertEquals(List.of(), unchecked.violations());
        assertFalse(unchecked.good(), "an expected violation is not found");
    }
}
