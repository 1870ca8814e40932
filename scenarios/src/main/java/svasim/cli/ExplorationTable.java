package svasim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import svasim.explore.Explorer;
import svasim.explore.Finding;
import svasim.explore.Search;
import svasim.os.sva.Policies;
import svasim.run.MachineAssembly;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.Scenario;
import svasim.scenario.ScenarioFile;

/**
 * What a search finds in each variant of some files that has a bug, as a table in Markdown. The
 * search is not told what breaks: what the variants expect is left out. What breaks under the same
 * schedule without the bug, too, is not counted: there it runs the variant of the same name with
 * {@code -fixed} behind it, or else the same one without its defects.
 */
final class ExplorationTable {
    private static final Map<String, String> EXPECT_NOTHING =
            Map.of("expect.violations", "[]", "expect.stuck", "false");

    /** Variants that are made for the search begin with one of these. */
    private static final List<String> SEARCHED = List.of("unordered", "hidden");

    /** Ends the name of a variant that has the same workload as another one, and no bug. */
    private static final String FIXED = "-fixed";

    private final Search search;
    private final long seed;
    private final List<String> rows = new ArrayList<>();

    /** Files and variants whose bug the plain run shows. */
    private final List<String> plain = new ArrayList<>();

    private final Set<String> found = new TreeSet<>();
    private final Set<String> notFound = new TreeSet<>();

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
        for (Path file : files) {
            ScenarioFile read = ScenarioFile.read(file);
            for (String variant : read.variants()) {
                BoundScenario scenario = read.bind(variant, all);
                if (hasBug(scenario)) {
                    add(Home.name(file), scenario, control(read, variant, all));
                }
            }
        }
        return lines();
    }

    private static boolean hasBug(BoundScenario scenario) {
        String variant = scenario.variant();
        boolean searched = SEARCHED.stream().anyMatch(variant::startsWith);
        return !variant.endsWith(FIXED) && (searched || !scenario.scenario().defects().isEmpty());
    }

    private static BoundScenario control(
            ScenarioFile file, String variant, Map<String, String> sets) {
        if (file.variants().contains(variant + FIXED)) {
            return file.bind(variant + FIXED, sets);
        }
        Map<String, String> without = new LinkedHashMap<>(sets);
        without.put("defects", "[]");
        return file.bind(variant, without);
    }

    private void add(String file, BoundScenario scenario, BoundScenario control) {
        long startNs = System.nanoTime();
        Finding finding =
                new Explorer(MachineAssembly.withoutLatencies(), scenario, seed)
                        .against(control)
                        .search(search);
        double seconds = (System.nanoTime() - startNs) / 1e9;
        if (finding.runs() == 1) {
            plain.add(file + " (" + scenario.variant() + ")");
            return;
        }
        String race = file.replaceFirst("-.*", "").toUpperCase(Locale.ROOT);
        (finding.schedule() == null ? notFound : found).add(race);
        rows.add(row(file, scenario, finding, seconds));
    }

    private static String row(
            String file, BoundScenario scenario, Finding finding, double seconds) {
        boolean found = finding.schedule() != null;
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %d | %.1f | %s |",
                file,
                scenario.variant(),
                bug(scenario.scenario()),
                found ? failures(finding) : "-",
                finding.runs(),
                seconds,
                found ? finding.schedule().deviations().size() : "-");
    }

    /** Who is stuck needs no place in a table. */
    private static String failures(Finding finding) {
        return finding.failures().stream()
                .map(failure -> failure.replaceFirst(":.*", ""))
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** A policy is the bug where there is no defect; a device where that is the usual one. */
    private static String bug(Scenario scenario) {
        if (!scenario.defects().isEmpty()) {
            return String.join(" ", scenario.defects());
        }
        String policy = scenario.os().policy();
        return policy.equals(Policies.DEFAULT) ? "the device" : "`" + policy + "`";
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("| scenario | variant | bug | found | runs | seconds | deviations |");
        lines.add("|---|---|---|---|---|---|---|");
        lines.addAll(rows);
        notFound.removeAll(found);
        lines.add("");
        lines.add("Found: " + told(found) + ". Not found: " + told(notFound) + ".");
        lines.add("");
        lines.add("The plain run shows it already: " + String.join(", ", plain) + ".");
        return lines;
    }

    private static String told(Set<String> races) {
        return races.isEmpty() ? "none" : races.size() + " (" + String.join(" ", races) + ")";
    }
}
