package svasim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private static final String FILE =
            """
            svasim: 1
            title: Origins
            machine:
              profile: broadwell-ep
              memory: {llc: 25ns}
              devices: {dsa0: {model: dsa}}
            processes:
              app:
                buffers: {dst: {size: 8KiB}}
                threads: {main: [open: dsa0, touch: dst, exit]}
            variants:
              large: {processes.app.buffers.dst.size: 1MiB}
            """;

    private static Origin of(String key, Map<String, String> sets) {
        ScenarioFile file = ScenarioFile.of("x.yaml", FILE.getBytes(StandardCharsets.UTF_8));
        List<Origin> all = Origins.of(file.bind("large", sets));
        return all.stream().filter(origin -> origin.key().equals(key)).findFirst().orElseThrow();
    }

    private static void assertFrom(String from, String value, String key) {
        Origin origin = of(key, Map.of());
        assertEquals(value, origin.value());
        assertEquals(from, origin.from());
    }

    @Test
    void shouldNameTheLineOfTheScenario() {
        assertFrom("x.yaml:5", "25ns", "machine.memory.llc");
        assertFrom("x.yaml:6", "dsa", "machine.devices.dsa0.model");
    }

    @Test
    void shouldNameTheLineOfTheVariant() {
        assertFrom("x.yaml:12", "1MiB", "processes.app.buffers.dst.size");
    }

    @Test
    void shouldNameTheLineOfTheProfileAndItsSource() {
        Origin dram = of("machine.memory.dram", Map.of());
        assertTrue(dram.from().matches("profiles/broadwell-ep.yaml:[0-9]+"), dram.from());
        assertTrue(dram.fromProfile());
        assertEquals(
                "assumed", of("machine.memory.size", Map.of()).source(), "source of a profile");
        assertEquals("", of("machine.memory.llc", Map.of()).source(), "overridden");
    }

    @Test
    void shouldTakeTheSourceOfTheKeyAbove() {
        assertEquals(
                "units of this time have legacy mode only",
                of("machine.iommu.vtd.features.ECAP.SMTS", Map.of()).source());
    }

    @Test
    void shouldListFeaturesInTheOrderOfTheirNames() {
        ScenarioFile file = ScenarioFile.of("x.yaml", FILE.getBytes(StandardCharsets.UTF_8));
        List<String> features =
                Origins.of(file.bind("large", Map.of())).stream()
                        .map(Origin::key)
                        .filter(key -> key.contains("features"))
                        .toList();

        assertEquals(features.stream().sorted().toList(), features);
        assertEquals(3, features.size());
    }

    @Test
    void shouldTellValuesOfTheCommandLineAndDefaults() {
        assertEquals(
                "--set", of("machine.memory.dram", Map.of("machine.memory.dram", "1ns")).from());
        assertFrom("default", "linux-7.1", "os.policy");
    }

    @Test
    void shouldFindWhatAStepOfOneWordMeans() {
        assertFrom("x.yaml:10", "dsa0", "processes.app.threads.main.0.open.device");
        assertFrom("x.yaml:10", "dst", "processes.app.threads.main.1.touch.buffer");
        assertFrom("default", "stores", "processes.app.threads.main.1.touch.with");
        assertFrom("x.yaml:10", "exit", "processes.app.threads.main.2");
    }
}
