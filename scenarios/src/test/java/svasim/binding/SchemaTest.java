package svasim.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                    .getSchema(JsonText.pretty(Schema.of(Garden.class, "garden", Extensions.NONE)));

    private static Set<?> errors(String yaml) throws IOException {
        JsonNode node =
                new ObjectMapper()
                        .readTree(JsonText.compact(Plain.of(TreeReader.parse("g.yaml", yaml))));
        return SCHEMA.validate(node);
    }

    @Test
    void shouldAcceptWhatTheBinderAccepts() throws IOException {
        assertEquals(
                Set.of(),
                errors(
                        """
                        title: Roses
                        rows: 5
                        season: summer
                        delay: 25ns
                        beds: {north: {width: 4}}
                        work: [rest, {dig: north}, {dig: {bed: south, depth: 3}}]
                        notes: [1, 2]
                        """));
    }

    @Test
    void shouldRefuseWhatTheBinderRefuses() throws IOException {
        for (String wrong :
                new String[] {
                    "titel: x",
                    "rows: many",
                    "season: winter",
                    "delay: 25",
                    "work: [digg]",
                    "beds: {a: {widht: 1}}",
                    "fenced: 1"
                }) {
            assertTrue(!errors(wrong).isEmpty(), wrong);
        }
    }

    @Test
    void shouldBeTheSameTextEachTime() {
        assertEquals(
                JsonText.pretty(Schema.of(Garden.class, "garden", Extensions.NONE)),
                JsonText.pretty(Schema.of(Garden.class, "garden", Extensions.NONE)));
    }
}
