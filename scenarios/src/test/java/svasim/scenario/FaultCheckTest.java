package svasim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.binding.InvalidInput;
import svasim.binding.Schema;

/** What is wrong with a fault is said with its place, what was found, and what was expected. */
class FaultCheckTest {
    private static final String HEAD =
            """
svasim: 1
title: Faults
machine:
  ports: {rp1: {}}
  switches: {sw0: {port: rp1, ports: {a: {}}}}
  devices: {dsa0: {model: dsa, port: sw0.a}, inside: {model: dsa}}
processes: {app: {threads: {main: [exit]}}}
faults:
""";

    private static String file(String fault) {
        return HEAD + "  - " + fault + "\n";
    }

    private static List<String> mistakes(String fault) {
        ScenarioFile file = ScenarioFile.of("f.yaml", file(fault).getBytes(StandardCharsets.UTF_8));
        InvalidInput invalid = assertThrows(InvalidInput.class, () -> file.bindAll(Map.of()));
        return invalid.mistakes().stream().map(Object::toString).toList();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("{what: lots, where: dsa0}", 12, "/what", "lots", "lost"),
                arguments("{what: lost, where: dsa1}", 25, "/where", "dsa1", "dsa0"),
                arguments("{what: lost, where: sw0.b}", 25, "/where", "sw0.b", "sw0.a"),
                arguments("{what: hot-reset, where: inside}", 30, "/where", "no link", "\"port\""),
                arguments(
                        "{what: function-level-reset, where: rp1}", 41, "/where", "a port", "dsa0"),
                arguments(
                        "{what: lost, where: dsa0, when: 3}", 37, "/when", "3", "a time with its"),
                arguments(
                        "{what: lost, where: dsa0, when: work-dome}",
                        37,
                        "/when",
                        "observation \"work-dome\"",
                        "work-done"),
                arguments(
                        "{what: lost, where: dsa0, when: exit_mmap/begn}",
                        37,
                        "/when",
                        "step \"exit_mmap/begn\"",
                        "exit_mmap/begin"),
                arguments(
                        "{what: lost, where: dsa0, tlp: memory-reed}",
                        36,
                        "/tlp",
                        "memory-reed",
                        "memory-read"),
                arguments("{what: hot-reset, where: rp1, tlp: any}", 40, "/tlp", "any", "packets"),
                arguments("{what: bit-errors, where: rp1, rate: 0.5}", 42, "/rate", "0.5", "1e-3"),
                arguments("{what: lost, where: dsa0, nth: 0}", 36, "/nth", "0", "positive"),
                arguments(
                        "{what: kill, where: dsa0}",
                        25,
                        "/where",
                        "process \"dsa0\"",
                        "known: app"),
                arguments(
                        "{what: lost, where: dsa0, when: any work-dome}",
                        37,
                        "/when",
                        "observation \"work-dome\"",
                        "work-done"),
                arguments(
                        "{what: kill, where: app, when: any step, nth: 2}", 51, "/nth", "2", "any"),
                arguments("{where: dsa0}", 5, "", "\"what\" is missing", "what goes wrong"),
                arguments("{what: lost, where: dsa0, nht: 2}", 31, "", "nht", "nth"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldSayWhatIsWrong(String fault, int column, String path, String found, String remedy) {
        List<String> all = mistakes(fault);

        String mistake = all.get(0);
        assertTrue(mistake.startsWith("f.yaml:9:" + column + ": /faults/0" + path + ":"), mistake);
        assertTrue(mistake.contains(found), mistake);
        assertTrue(mistake.contains(remedy), mistake);
    }

    @Test
    void shouldFillInWhatIsNotSaid() {
        ScenarioFile file =
                ScenarioFile.of(
                        "f.yaml",
                        file("{what: poisoned, where: dsa0, tlp: completion}")
                                .getBytes(StandardCharsets.UTF_8));
        String effective = file.bindAll(Map.of()).get(0).effective();

        assertTrue(effective.contains("way: down"), effective);
        assertTrue(effective.contains("nth: 1"), effective);
    }

    @Test
    void shouldDescribeEveryKeyInTheSchema() {
        Map<String, Object> schema =
                Schema.of(Scenario.class, "Scenario", ScenarioExtensions.of(null));
        Map<?, ?> definitions = (Map<?, ?>) schema.get("definitions");
        Map<?, ?> fault = (Map<?, ?>) definitions.get("FaultConfig");
        Map<?, ?> keys = (Map<?, ?>) fault.get("properties");

        assertEquals(9, keys.size());
        keys.forEach(
                (key, of) -> assertTrue(((Map<?, ?>) of).containsKey("description"), "" + key));
    }
}
