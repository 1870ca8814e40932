package svasim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import svasim.explore.Finding;
import svasim.explore.Race;
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
 * schedule without the bug, too, is not counted.
 */
final class ExplorationTable {
    private final Search search;
    private final long seed;
    private final Consumer<String> print;

    /** Files with variants whose bug the plain run shows. */
    private final Set<String> plain = new TreeSet<>();

    private final Set<String> found = new TreeSet<>();
    private final Set<String> notFound = new TreeSet<>();

    /**
     * @param print takes a line as soon as it is known
     */
    ExplorationTable(Search search, long seed, Consumer<String> print) {
        this.search = search;
        this.seed = seed;
        this.print = print;
    }

    /**
     * @param sets values by path for every file
     */
    void search(List<Path> files, Map<String, String> sets) throws IOException {
        print.accept("| scenario | variant | bug | found | runs | seconds | deviations |");
        print.accept("|---|---|---|---|---|---|---|");
        for (Path file : files) {
            for (Race race : Race.in(ScenarioFile.read(file), sets)) {
                add(Home.name(file), race);
            }
        }
        notFound.removeAll(found);
        print.accept("");
        print.accept("Found: " + told(found) + ". Not found: " + told(notFound) + ".");
        print.accept("");
        print.accept("Shown by a plain run: " + String.join(", ", plain) + ".");
    }

    private void add(String file, Race race) {
        BoundScenario scenario = race.scenario();
        long startNs = System.nanoTime();
        Finding finding = race.search(MachineAssembly.withoutLatencies(), seed, search);
        double seconds = (System.nanoTime() - startNs) / 1e9;
        if (finding.runs() == 1) {
            plain.add(file);
            return;
        }
        String number = file.replaceFirst("-.*", "").toUpperCase(Locale.ROOT);
        (finding.schedule() == null ? notFound : found).add(number);
        print.accept(row(file, scenario, finding, seconds));
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

    private static String told(Set<String> races) {
        return races.isEmpty() ? "none" : races.size() + " (" + String.join(" ", races) + ")";
    }
}
