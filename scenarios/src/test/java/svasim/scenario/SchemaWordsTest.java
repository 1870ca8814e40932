package svasim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the schema tells users about the keys of a scenario. */
class SchemaWordsTest {
    private final Map<String, Map<?, ?>> keys = new TreeMap<>();

    SchemaWordsTest() {
        collect("", ScenarioSchema.plain());
    }

    private void collect(String path, Object schema) {
        if (schema instanceof List<?> list) {
            list.forEach(inner -> collect(path, inner));
        } else if (schema instanceof Map<?, ?> map) {
            if (map.get("properties") instanceof Map<?, ?> properties) {
                properties.forEach((key, value) -> keys.put(path + "/" + key, (Map<?, ?>) value));
            }
            map.forEach((key, inner) -> collect(path + "/" + key, inner));
        }
    }

    private String description(String key) {
        Object description = keys.get(key).get("description");
        return description == null ? "" : description.toString();
    }

    @Test
    void shouldSayOfEveryKeyWhatItMeans() {
        List<String> silent = new ArrayList<>();
        for (String key : keys.keySet()) {
            String description = description(key);
            if (description.isEmpty() || description.startsWith("Given as ")) {
                silent.add(key);
            }
        }

        assertTrue(keys.size() > 400, () -> keys.size() + " keys");
        assertEquals(List.of(), silent, "these want a @param, or their step a sentence");
    }

    @Test
    void shouldSpeakInWholeSentencesWithoutMarkup() {
        for (String key : keys.keySet()) {
            String description = description(key);
            assertTrue(description.matches("[^a-z\\s].*\\."), () -> key + ": " + description);
            assertTrue(
                    !description.matches(".*([{}]|<[a-zA-Z/]|  |@[a-z]|#[A-Za-z]).*"),
                    () -> key + ": " + description);
        }
    }

    @Test
    void shouldTellUnitAndDefault() {
        Map<?, ?> flight = keys.get("/definitions/LinkConfig/flight");

        assertEquals(
                "Time from the last bit sent to the packet being processed at the other end, ports"
                        + " included. Given as a time with its unit (ps, ns, us, ms, s), such as"
                        + " \"25ns\".",
                flight.get("description"));
        assertEquals("75ns", flight.get("default"));
        assertEquals("string", flight.get("type"));
    }

    @Test
    void shouldNotCallTheLargestNumberADefault() {
        assertTrue(!keys.get("/definitions/MmConfig/limit").containsKey("default"));
    }

    @Test
    void shouldExplainAKeyThatSeveralModelsHave() {
        String into = description("/definitions/ProgramStep.Submit/into");

        assertTrue(into.contains(" Or: "), into);
    }
}
