package svasim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.binding.Binder;
import svasim.binding.InvalidInput;
import svasim.binding.Mistakes;
import svasim.binding.Node;
import svasim.binding.TreeReader;

/** Hardware profiles: every value has a source, and mistakes in them are located too. */
class ProfilesTest {
    private static final String SCENARIO =
            "svasim: 1\ntitle: x\nmachine: {profile: mine, memory: {dram: 70ns}}\n";

    @TempDir private Path folder;

    static List<Path> profiles() throws IOException {
        return Home.profiles();
    }

    private static Node.Mapping read(Path profile) throws IOException {
        return (Node.Mapping)
                TreeReader.read(profile.getFileName().toString(), Files.readAllBytes(profile));
    }

    /** Paths of all values of a profile as its sources name them: those below "machine", and os. */
    private static Set<String> given(Node.Mapping profile) {
        Set<String> given = values(profile.get("machine"));
        if (profile.get("os") != null) {
            collect(profile.get("os"), "os", given);
        }
        return given;
    }

    /** Paths of all values below a node, with dots. */
    private static Set<String> values(Node node) {
        Set<String> values = new TreeSet<>();
        collect(node, "", values);
        return values;
    }

    private static void collect(Node node, String path, Set<String> values) {
        if (node instanceof Node.Mapping map) {
            String prefix = path.isEmpty() ? "" : path + ".";
            map.entries().forEach((key, entry) -> collect(entry.value(), prefix + key, values));
        } else {
            values.add(path);
        }
    }

    /** Values for which neither they nor a map around them is among the sources. */
    private static List<String> withoutSource(Set<String> values, Set<String> sources) {
        List<String> missing = new ArrayList<>();
        for (String value : values) {
            String path = value;
            while (!path.isEmpty() && !sources.contains(path)) {
                path = path.substring(0, Math.max(0, path.lastIndexOf('.')));
            }
            if (path.isEmpty()) {
                missing.add(value);
            }
        }
        return missing;
    }

    private static Set<String> sources(Node.Mapping profile) {
        return profile.get("sources") instanceof Node.Mapping map
                ? map.entries().keySet()
                : Set.of();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void shouldNameASourceForEveryValue(Path profile) throws IOException {
        Node.Mapping read = read(profile);

        assertEquals(List.of(), withoutSource(given(read), sources(read)));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void shouldHaveAValueForEverySource(Path profile) throws IOException {
        Node.Mapping read = read(profile);
        Set<String> values = given(read);

        for (String source : sources(read)) {
            assertTrue(
                    values.stream().anyMatch(v -> v.equals(source) || v.startsWith(source + ".")),
                    source + " has a source, but no value");
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void shouldMakeAMachine(Path profile) throws IOException {
        String text = "svasim: 1\ntitle: x\nmachine: {profile: " + Home.name(profile) + "}\n";

        ScenarioFile.of("x.yaml", text.getBytes(StandardCharsets.UTF_8)).bindAll(Map.of());
        assertFalse(((Node.Scalar) read(profile).get("title")).text().isBlank());
    }

    @Test
    void shouldFindTheValuesThatHaveNoSource() {
        Set<String> values = Set.of("memory.dram", "memory.llc", "ports.rp0.link.lanes");

        assertEquals(
                List.of("memory.llc"),
                withoutSource(values, Set.of("memory.dram", "ports.rp0", "port")));
    }

    @Test
    void shouldLetTheScenarioWin() throws IOException {
        Node tree = lay("svasim: 1\nmachine: {memory: {dram: 90ns, llc: 20ns}}\n");

        Node.Mapping memory = (Node.Mapping) at(tree, "machine", "memory");
        assertEquals("70ns", ((Node.Scalar) memory.get("dram")).text());
        assertEquals("20ns", ((Node.Scalar) memory.get("llc")).text());
    }

    @Test
    void shouldLocateAnUnknownKeyInTheProfile() throws IOException {
        Node tree = lay("svasim: 1\nmachine:\n  memory:\n    lcc: 20ns\n");

        assertEquals(
                List.of("profiles/mine.yaml:4:5: /machine/memory: unknown key \"lcc\""),
                mistakes(tree));
    }

    @Test
    void shouldLocateAWrongValueInTheProfile() throws IOException {
        Node tree = lay("svasim: 1\nmachine: {memory: {llc: 20}}\n");

        assertEquals(
                List.of("profiles/mine.yaml:2:25: /machine/memory/llc: found \"20\""),
                mistakes(tree));
    }

    @Test
    void shouldRefuseAKeyThatIsNotForProfiles() {
        InvalidInput invalid =
                assertThrows(InvalidInput.class, () -> lay("svasim: 1\nprocesses: {}\n"));

        assertTrue(
                invalid.getMessage()
                        .startsWith("profiles/mine.yaml:2:1: unknown key \"processes\""),
                invalid.getMessage());
    }

    @Test
    void shouldRefuseAProfileThatIsNoMap() {
        InvalidInput invalid = assertThrows(InvalidInput.class, () -> lay("- a\n"));

        assertEquals("profiles/mine.yaml: no map; expected a profile", invalid.getMessage());
    }

    private Node lay(String profile) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), profile);
        Node scenario = TreeReader.parse("x.yaml", SCENARIO);
        return Profiles.lay(scenario, List.of(file));
    }

    private static List<String> mistakes(Node tree) {
        Mistakes mistakes = new Mistakes();
        Binder.bind(tree, Scenario.class, ScenarioExtensions.of(tree), mistakes);
        return mistakes.sorted().stream().map(m -> m.toString().split(";")[0]).toList();
    }

    private static Node at(Node root, String... path) {
        Node node = root;
        for (String key : path) {
            node = ((Node.Mapping) node).get(key);
        }
        return node;
    }
}
