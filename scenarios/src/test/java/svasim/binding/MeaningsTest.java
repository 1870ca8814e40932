package svasim.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.memory.CacheConfig;

/** What a record tells of itself. */
class MeaningsTest {
    @Test
    void shouldTellWhatTheJavadocSays() {
        Meanings meanings = Meanings.of(CacheConfig.class);

        assertEquals("Entries of a set.", meanings.of("ways"));
        assertEquals("", meanings.of("weight"));
    }

    @Test
    void shouldBeSilentOfARecordThatWasCompiledWithoutItsWords() {
        Meanings meanings = Meanings.of(Garden.class);

        assertEquals("", meanings.summary());
        assertEquals("", meanings.of("rows"));
    }

    @Test
    void shouldFindTheDefaultsOfARecord() {
        assertEquals(
                Map.of("sets", 16, "ways", 8, "lookup", "2ns", "replacement", "lru"),
                Defaults.of(CacheConfig.class));
        assertEquals(Map.of(), Defaults.of(Garden.Dig.class));
    }

    @Test
    void shouldJoinTheFormsOfAKeyThatTwoRecordsHave() {
        Map<String, Object> text = Map.of("type", "string", "description", "A name.");
        Map<String, Object> number = Map.of("type", "integer", "description", "A number.");

        assertEquals(
                Map.of("description", "A name. Or: A number.", "anyOf", forms("string", "integer")),
                Explained.either(text, number));
        assertEquals(text, Explained.either(text, text));
    }

    private static List<Map<String, Object>> forms(String one, String other) {
        return List.of(Map.of("type", one), Map.of("type", other));
    }
}
