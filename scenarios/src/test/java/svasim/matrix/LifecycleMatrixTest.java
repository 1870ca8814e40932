package svasim.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import svasim.os.sva.Policies;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/**
 * The README of the lifecycle scenarios says what comes of each of them. Every policy is run on one
 * machine and today's kernel on all of them; {@code -Dsvasim.matrix=full} runs everything.
 */
class LifecycleMatrixTest {
    private static final Path README = Home.scenarios().resolve("lifecycle/README.md");
    private static final String HOW =
            "take the table of: svasim matrix --format markdown; scenarios/lifecycle/README.md";
    private static final List<String> ONE_MACHINE = List.of("sapphire-rapids");
    private static final int JOBS = 2;

    private static List<Matrix.Axes> parts() throws IOException {
        Matrix.Axes all = Matrix.Axes.all();
        if ("full".equals(System.getProperty("svasim.matrix"))) {
            return List.of(all);
        }
        return List.of(
                new Matrix.Axes(all.scenarios(), all.policies(), ONE_MACHINE),
                new Matrix.Axes(all.scenarios(), List.of(Policies.DEFAULT), all.profiles()));
    }

    @Test
    void shouldEndAsTheTableSays() throws IOException {
        ReadmeTable table = ReadmeTable.read(README);
        List<String> wrong = new ArrayList<>();
        for (Matrix.Axes axes : parts()) {
            Matrix matrix = Matrix.run(axes, JOBS);
            assertEquals(matrix.rows().keySet(), table.scenarios(), HOW);
            matrix.rows()
                    .forEach(
                            (scenario, row) ->
                                    row.forEach(
                                            (policy, cell) ->
                                                    compare(scenario, policy, cell, table, wrong)));
        }
        assertEquals(List.of(), wrong, HOW);
    }

    private static void compare(
            String scenario,
            String policy,
            Map<String, Outcome> cell,
            ReadmeTable table,
            List<String> wrong) {
        cell.forEach(
                (profile, outcome) -> {
                    boolean applies = outcome.kind() != Outcome.Kind.NOT_APPLICABLE;
                    boolean said =
                            applies
                                    ? outcome.cell().equals(table.cell(scenario, policy, profile))
                                    : table.explains(profile, outcome.words());
                    if (!said) {
                        wrong.add(String.join(" ", scenario, policy, profile) + ": " + outcome);
                    }
                });
    }

    /** Each scenario has a row with its aim. */
    @Test
    void shouldSayWhatEachScenarioShows() throws IOException {
        String readme = Files.readString(README);
        Set<String> missing = new TreeSet<>();
        for (Path file : Matrix.Axes.all().scenarios()) {
            ScenarioFile read = ScenarioFile.read(file);
            String aim = read.bind(read.variants().get(0), Map.of()).scenario().aim();
            String name = Home.name(file);
            String row = "| [" + name + "](" + name + ".yaml) | " + aim.strip() + " |";
            if (!readme.contains(row)) {
                missing.add(row);
            }
        }
        assertTrue(missing.isEmpty(), "rows to be added: " + String.join("\n", missing));
    }
}
