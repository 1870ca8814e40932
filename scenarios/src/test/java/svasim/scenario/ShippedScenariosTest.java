package svasim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.binding.JsonText;
import svasim.binding.Plain;
import svasim.binding.TreeReader;

class ShippedScenariosTest {
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                    .getSchema(JsonText.pretty(ScenarioSchema.plain()));

    static List<Path> files() throws IOException {
        return Home.files();
    }

    private static Set<?> errors(String name, byte[] yaml) throws IOException {
        String json = JsonText.compact(Plain.of(TreeReader.read(name, yaml)));
        return SCHEMA.validate(new ObjectMapper().readTree(json));
    }

    @Test
    void shouldBeFound() throws IOException {
        assertFalse(files().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldFitTheSchema(Path file) throws IOException {
        assertEquals(Set.of(), errors(file.toString(), Files.readAllBytes(file)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldFitTheSchemaInTheirEffectiveForm(Path file) throws IOException {
        for (BoundScenario bound : ScenarioFile.read(file).bindAll(Map.of())) {
            byte[] effective = bound.effective().getBytes(java.nio.charset.StandardCharsets.UTF_8);

            assertEquals(Set.of(), errors("effective.yaml", effective));
            assertEquals(
                    bound.effective(),
                    ScenarioFile.of("effective.yaml", effective)
                            .bind(ScenarioFile.ONLY, Map.of())
                            .effective());
        }
    }

    @Test
    void shouldBeRefusedByTheSchemaWithAMisspeltKey() throws IOException {
        byte[] yaml = "svasim: 1\ntitel: x\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertFalse(errors("x.yaml", yaml).isEmpty());
    }
}
