package svasim.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void shouldWriteWhatTheBinderReadsAgain() {
        Garden garden =
                Garden.of(
                        """
                        title: "1: true, or #not"
                        rows: 5
                        slope: 0.25
                        fenced: false
                        season: summer
                        delay: 1500ps
                        area: 3MiB
                        beds: {north: {width: 4}, "a b": {}}
                        work: [rest, {dig: {bed: south, depth: 3}}]
                        notes: {x: [1, {y: z}], empty: []}
                        """);

        String yaml = YamlText.of(Plain.of(garden, Extensions.NONE));
        Garden again = Garden.of(yaml);

        assertEquals(yaml, YamlText.of(Plain.of(again, Extensions.NONE)));
        assertEquals(garden.title(), again.title());
        assertEquals(garden.beds(), again.beds());
        assertEquals(garden.work(), again.work());
    }

    @Property
    void shouldQuoteAnyText(@ForAll String key, @ForAll String value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        String yaml = YamlText.of(map);

        if ((key + value).chars().noneMatch(c -> c < ' ' || Character.isSurrogate((char) c))) {
            assertEquals(map, Plain.of(TreeReader.parse("x.yaml", yaml)), yaml);
        }
    }
}
