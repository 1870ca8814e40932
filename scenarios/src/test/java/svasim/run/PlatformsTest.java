package svasim.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.kernel.Choices;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** The same scenario on VT-d, SMMUv3 and AMD-Vi, by changing one word. */
class PlatformsTest {
    private static final List<String> PROFILES = List.of("sapphire-rapids", "kunpeng-920", "epyc");
    private static final String HYPOTHETICAL = "page requests (PRI) behind an SMMUv3";

    private Simulation simulation;
    private final Runner runner =
            new Runner(
                    (bound, seed, choices) -> {
                        simulation = new MachineAssembly().assemble(bound, seed, choices);
                        return simulation;
                    });

    static List<Path> lifecycles() throws IOException {
        return Home.files().stream()
                .filter(file -> file.getParent().endsWith("lifecycle"))
                .toList();
    }

    private static List<BoundScenario> variants(Path file, String profile) throws IOException {
        return ScenarioFile.read(file).bindAll(Map.of("machine.profile", profile));
    }

    private RunResult run(BoundScenario scenario) {
        return runner.run(scenario, 0, Choices.PLAIN, machine -> {});
    }

    @ParameterizedTest
    @MethodSource("lifecycles")
    void shouldEndAlikeOnAllPlatforms(Path file) throws IOException {
        assertAlike(file, PROFILES);
    }

    /** Functions that are bound as a whole, without PASID, and stalled. */
    @ParameterizedTest
    @ValueSource(
            strings = {"bind-to-free", "demand-fault", "mapped-device-file", "unmap-while-dma"})
    void shouldEndAlikeWithContextBanks(String name) throws IOException {
        Path file = Home.scenarios().resolve("lifecycle/" + name + ".yaml");
        assertAlike(file, List.of("sapphire-rapids", "lx2160a"));
    }

    /** As the accelerators of this platform: PASIDs, but neither ATS nor page requests. */
    @Test
    void shouldEndAlikeWithStallsInsteadOfPageRequests() throws IOException {
        Path file = Home.scenarios().resolve("lifecycle/unmap-while-dma.yaml");
        Map<String, String> stalls =
                Map.of(
                        "machine.profile", "kunpeng-920",
                        "machine.devices.dsa0.endpoint.ats.present", "false",
                        "machine.devices.dsa0.endpoint.pri.present", "false");

        RunResult result = run(ScenarioFile.read(file).bindAll(stalls).get(0));

        assertEquals(List.of(), result.broken());
        assertTrue(result.good());
    }

    @Test
    void shouldRefuseBindBehindVirtioIommu() throws IOException {
        Path file = Home.scenarios().resolve("lifecycle/bind-to-free.yaml");
        BoundScenario scenario = variants(file, "qemu-virtio").get(0);

        assertFalse(run(scenario).good());
    }

    private void assertAlike(Path file, List<String> profiles) throws IOException {
        int count = variants(file, profiles.get(0)).size();
        for (int variant = 0; variant < count; variant++) {
            Map<String, byte[]> first = null;
            for (String profile : profiles) {
                BoundScenario scenario = variants(file, profile).get(variant);
                RunResult result = run(scenario);

                assertEquals(List.of(), result.broken(), profile);
                assertTrue(result.good(), profile);
                Map<String, byte[]> memory = memory(scenario);
                first = first == null ? memory : first;
                assertSame(first, memory, profile);
            }
        }
    }

    /**
     * Contents of each buffer that the scenario expects something of, and of those of processes
     * that are still there. What a process that ends with work under way has got of it is a matter
     * of time.
     */
    private Map<String, byte[]> memory(BoundScenario scenario) {
        Map<String, byte[]> memory = new TreeMap<>();
        scenario.scenario()
                .processes()
                .forEach(
                        (name, process) ->
                                process.buffers()
                                        .keySet()
                                        .forEach(buffer -> put(memory, name + "." + buffer)));
        return memory;
    }

    private void put(Map<String, byte[]> memory, String buffer) {
        byte[] contents = simulation.contents(buffer);
        if (contents != null) {
            memory.put(buffer, contents);
        }
    }

    private static void assertSame(
            Map<String, byte[]> expected, Map<String, byte[]> actual, String profile) {
        assertEquals(expected.keySet(), actual.keySet(), profile);
        expected.forEach(
                (buffer, bytes) ->
                        assertArrayEquals(bytes, actual.get(buffer), profile + ": " + buffer));
    }

    @Test
    void shouldSayWhatTheRealPlatformLacks() throws IOException {
        Path file = Home.scenarios().resolve("lifecycle/bind-to-free.yaml");

        RunResult arm = run(variants(file, "kunpeng-920").get(0));
        RunResult intel = run(variants(file, "sapphire-rapids").get(0));
        RunResult amd = run(variants(file, "epyc").get(0));

        assertTrue(arm.hypothetical().get(0).contains(HYPOTHETICAL));
        assertEquals(List.of(), intel.hypothetical());
        assertEquals(List.of(), amd.hypothetical());
    }

    @Test
    void shouldStallInsteadOfPageRequestsWithoutAnythingHypothetical() throws IOException {
        Path file = Home.scenarios().resolve("devices/stalled-accelerator.yaml");

        RunResult result = run(ScenarioFile.read(file).bindAll(Map.of()).get(0));

        assertTrue(result.good());
        assertEquals(List.of(), result.hypothetical());
        assertFalse(result.life().isEmpty());
    }
}
