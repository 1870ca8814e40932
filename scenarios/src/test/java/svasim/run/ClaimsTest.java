package svasim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.kernel.Choices;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** The table of claims says what its scenarios show, all of it and nothing else. */
class ClaimsTest {
    private static final Path FOLDER = Home.scenarios().resolve("lifecycle/claims");
    private static final Pattern ROW =
            Pattern.compile("\\| .+ \\| ([a-z0-9-]+) \\| ([a-z0-9.-]+) \\| (.+) \\|");
    private static final Pattern INVARIANT = Pattern.compile("(?<!never )I-[0-9]{2}");

    /** One row of the table. */
    record Claim(String scenario, String variant, String result) {
        BoundScenario bound() throws IOException {
            return scenarios(FOLDER.resolve(scenario + ".yaml"))
                    .filter(bound -> bound.variant().equals(variant))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no variant: " + this));
        }
    }

    static List<Claim> claims() throws IOException {
        List<Claim> claims = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve("README.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && !row.group(1).equals("scenario")) {
                claims.add(new Claim(row.group(1), row.group(2), row.group(3)));
            }
        }
        return claims;
    }

    private static Stream<BoundScenario> scenarios(Path file) throws IOException {
        return ScenarioFile.read(file).bindAll(Map.of()).stream();
    }

    @ParameterizedTest
    @MethodSource("claims")
    void shouldShowWhatIsClaimed(Claim claim) throws IOException {
        Runner runner = new Runner(new MachineAssembly());

        RunResult result = runner.run(claim.bound(), 0, Choices.PLAIN, machine -> {});

        assertEquals(List.of(), result.broken());
    }

    @ParameterizedTest
    @MethodSource("claims")
    void shouldNameOnlyInvariantsThatBreak(Claim claim) throws IOException {
        List<String> expected = claim.bound().scenario().expect().violations();
        Matcher named = INVARIANT.matcher(claim.result());
        while (named.find()) {
            assertEquals(true, expected.contains(named.group()), claim + " " + expected);
        }
    }

    @Test
    void shouldListEveryVariantOfEveryScenario() throws IOException {
        TreeSet<String> listed = new TreeSet<>();
        claims().forEach(claim -> listed.add(claim.scenario() + " " + claim.variant()));
        TreeSet<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                String name = file.getFileName().toString().replace(".yaml", "");
                scenarios(file).forEach(bound -> there.add(name + " " + bound.variant()));
            }
        }
        assertEquals(there, listed);
    }
}
