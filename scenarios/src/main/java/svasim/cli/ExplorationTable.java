package svasim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import svasim.explore.Explorer;
import svasim.explore.Finding;
import svasim.explore.Search;
import svasim.run.MachineAssembly;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/**
 * What a search finds in each variant of some files that has a defect switched on, as a table in
 * Markdown. The search is not told what breaks: what the variants expect is left out.
 */
final class ExplorationTable {
    private static final Map<String, String> EXPECT_NOTHING =
            Map.of("expect.violations", "[]", "expect.stuck", "false");

    private final Search search;
    private final long seed;

    ExplorationTable(Search search, long seed) {
        this.search = search;
        this.seed = seed;
    }

    /**
     * @param sets values by path for every file
     */
    List<String> lines(List<Path> files, Map<String, String> sets) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(sets);
        all.putAll(EXPECT_NOTHING);
        List<String> lines = new ArrayList<>();
        lines.add("| scenario | variant | defects | found | runs | seconds | deviations |");
        lines.add("|---|---|---|---|---|---|---|");
        for (Path file : files) {
            ScenarioFile read = ScenarioFile.read(file);
            for (String variant : read.variants()) {
                BoundScenario scenario = read.bind(variant, all);
                if (!scenario.scenario().defects().isEmpty()) {
                    lines.add(row(Home.name(file), scenario));
                }
            }
        }
        return lines;
    }

    private String row(String file, BoundScenario scenario) {
        long startNs = System.nanoTime();
        Finding finding =
                new Explorer(MachineAssembly.withoutLatencies(), scenario, seed).search(search);
        double seconds = (System.nanoTime() - startNs) / 1e9;
        boolean found = finding.schedule() != null;
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %d | %.1f | %s |",
                file,
                scenario.variant(),
                String.join(" ", scenario.scenario().defects()),
                found ? String.join(" ", finding.failures()) : "-",
                finding.runs(),
                seconds,
                found ? finding.schedule().deviations().size() : "-");
    }
}
