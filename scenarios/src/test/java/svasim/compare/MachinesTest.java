package svasim.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.run.Runner;
import svasim.run.ToyMachine;
import svasim.run.Toys;
import svasim.scenario.BoundScenario;

class MachinesTest {
    private static Machines machines(String... expectations) {
        Map<String, BoundScenario> scenarios = new LinkedHashMap<>();
        for (String more : expectations) {
            scenarios.put("machine" + scenarios.size(), Toys.scenario(more));
        }
        return Machines.run(new Runner(ToyMachine.assembly()), scenarios, 0);
    }

    private static String line(List<String> lines, String start) {
        return lines.stream().filter(line -> line.strip().startsWith(start)).findFirst().get();
    }

    @Test
    void shouldPutWhatMachinesDoSideBySide() {
        List<String> lines = machines("", "").text();

        assertTrue(lines.get(0).strip().matches("machine0 +machine1"), lines.get(0));
        assertTrue(line(lines, "app bound").matches(" *app bound +1.500 us +1.500 us"));
        assertTrue(line(lines, "MRd").matches(" *MRd +1, 24 B +1, 24 B"), lines.toString());
        assertTrue(line(lines, "from start").endsWith("16.500 us"), lines.toString());
    }

    @Test
    void shouldFoldProceduresThatAreAlikeOnAllMachines() {
        assertTrue(line(machines("", "").text(), "1 proc").contains("12, 0.012 us  12, 0.012 us"));
        assertTrue(line(machines("").text(), "toy").endsWith("12, 0.012 us"));
    }

    @Test
    void shouldSayWhichMachineDoesNotEndWell() {
        List<String> lines = machines("", "expect: {violations: [I-11]}").text();

        assertTrue(lines.get(1).matches("the scenario ends +good +NOT GOOD"), lines.get(1));
        assertTrue(line(lines, "machine1: expect.violations").contains("found []"));
    }

    @Test
    void shouldGiveProgramsEveryRow() {
        Map<?, ?> machine = (Map<?, ?>) machines("").plain().get("machine0");

        assertEquals(true, machine.get("good"));
        assertEquals(
                Map.of("count", 1L, "bytes", 24L), ((Map<?, ?>) machine.get("tlps")).get("MRd"));
        assertEquals(
                Map.of("ps", 16_500_000L), ((Map<?, ?>) machine.get("stations")).get("app freed"));
        assertFalse(((Map<?, ?>) machine.get("steps")).isEmpty());
    }
}
