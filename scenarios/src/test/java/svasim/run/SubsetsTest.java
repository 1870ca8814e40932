package svasim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.explain.BindChain;
import svasim.kernel.Choices;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** The parts of shared virtual addressing that a device can be used with, each on all platforms. */
class SubsetsTest {
    private static final Path FOLDER = Home.scenarios().resolve("lifecycle/subsets");
    private static final List<String> PROFILES = List.of("sapphire-rapids", "kunpeng-920", "epyc");
    private static final Pattern ROW = Pattern.compile("\\| (.+) \\| ([a-z0-9-]+) \\| .+ \\|");

    /** One row of the table. */
    record Subset(String title, String scenario) {
        List<BoundScenario> variants(String profile) throws IOException {
            return ScenarioFile.read(FOLDER.resolve(scenario + ".yaml"))
                    .bindAll(Map.of("machine.profile", profile));
        }
    }

    static List<Subset> subsets() throws IOException {
        return Files.readAllLines(FOLDER.resolve("README.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Subset(row.group(1), row.group(2)))
                .filter(subset -> !subset.scenario().equals("scenario"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("subsets")
    void shouldBeGoodOnEveryPlatform(Subset subset) throws IOException {
        Runner runner = new Runner(new MachineAssembly());
        for (String profile : PROFILES) {
            for (BoundScenario variant : subset.variants(profile)) {
                RunResult result = runner.run(variant, 0, Choices.PLAIN, machine -> {});
                assertEquals(List.of(), result.broken(), profile + " " + variant.variant());
                assertTrue(result.good(), profile + " " + variant.variant());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("subsets")
    void shouldBeExplainedAsWhatTheyAre(Subset subset) throws IOException {
        BoundScenario first = subset.variants("sapphire-rapids").get(0);

        BindChain chain = BindChain.of(new MachineAssembly(), first).get(0);

        assertTrue(chain.use().contains("is used with " + subset.title() + " ("), chain.use());
    }

    @Test
    void shouldListEveryScenario() throws IOException {
        TreeSet<String> listed = new TreeSet<>();
        subsets().forEach(subset -> listed.add(subset.scenario() + ".yaml"));
        TreeSet<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.map(file -> file.getFileName().toString()).forEach(there::add);
        }
        there.remove("README.md");
        assertEquals(there, listed);
    }
}
