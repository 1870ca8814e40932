package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts read the table of attacks as JSON. */
class MatrixCommandTest {
    private static final String THEFT =
            """
            svasim: 1
            title: A theft
            machine:
              profile: sapphire-rapids
              ports: {rp1: {}}
              devices: {rogue0: {model: rogue, port: rp1}}
            processes:
              victim:
                buffers: {secret: {size: 4KiB, fill: counting}}
                threads: {main: [{sleep: 1ms}, exit]}
              attacker:
                buffers: {loot: {size: 4KiB, fill: zero}}
                threads:
                  main:
                    - open: rogue0
                    - submit: {to: rogue0, attack: forged-translation, buffer: loot, from: 4GiB, as: theft}
                    - wait: theft
                    - exit
            measure:
              table: {stolen: {of: rogue0.leaked, none: stopped, some: SUCCEEDS}}
            variants:
              vtd-none: {}
              vtd-untrusted: {os.iommu.untrusted: [rogue0], expect.failures: [attacker]}
              smmuv3-none: {machine.profile: kunpeng-920}
            """;

    @TempDir private Path temporary;
    private final Cli cli = new Cli();

    private JsonNode json() throws IOException {
        Path file = Files.writeString(temporary.resolve("rogue-theft.yaml"), THEFT);
        assertEquals(
                ExitCode.GOOD, cli.run("matrix", "--attacks", "--format", "json", file.toString()));
        return new ObjectMapper().readTree(cli.out());
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void shouldGiveAttacksByProtectionsByUnits() throws IOException {
        JsonNode table = json();

        assertEquals(List.of("theft"), names(table));
        assertEquals(List.of("none", "untrusted"), names(table.get("theft")));
        for (JsonNode units : table.get("theft")) {
            assertEquals(List.of("smmuv3", "vtd"), names(units));
        }
    }

    @Test
    void shouldSayInEachCellWhatTheAttackCameTo() throws IOException {
        JsonNode theft = json().get("theft");

        JsonNode reached = theft.at("/none/vtd");
        assertEquals("SUCCEEDS: stolen", reached.get("outcome").asText());
        assertEquals("stolen", reached.get("words").asText());
        assertEquals("stopped", theft.at("/untrusted/vtd/outcome").asText());
        assertEquals("", theft.at("/untrusted/vtd/words").asText());
        assertEquals("n/a", theft.at("/untrusted/smmuv3/outcome").asText(), "not tried");
    }

    /** Whoever compares two tables compares bytes. */
    @Test
    void shouldNameTheFieldsOfACellInOneOrder() throws IOException {
        for (JsonNode units : json().get("theft")) {
            for (JsonNode cell : units) {
                assertEquals(List.of("outcome", "words"), names(cell));
            }
        }
    }

    @Test
    void shouldPrintNothingButTheTableToStandardOutput() throws IOException {
        json();

        assertTrue(cli.out().startsWith("{"), cli.out());
        assertTrue(cli.out().endsWith("}" + System.lineSeparator()), cli.out());
        assertTrue(cli.err().startsWith("3 runs, "), cli.err());
    }

    @Test
    void shouldTakeNoPoliciesWithAttacks() {
        assertEquals(ExitCode.USAGE, cli.run("matrix", "--attacks", "--policies", "linux-7.1"));
        assertTrue(cli.err().contains("--attacks: takes neither"), cli.err());
    }
}
