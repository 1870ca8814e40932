package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.binding.JsonText;
import svasim.binding.Names;
import svasim.explore.Explorer;
import svasim.explore.Finding;
import svasim.explore.Schedule;
import svasim.explore.Search;
import svasim.run.MachineAssembly;
import svasim.run.RunDirectory;
import svasim.scenario.BoundScenario;
import svasim.scenario.ScenarioFile;

/** {@code svasim explore}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Searches schedules of a scenario for a broken invariant.",
        footer = {
            "%nA schedule is written as its deviations from the plain run,",
            "site@lane#occurrence=answer with commas between. Exit code 1 if one is found that fails.",
            "The same seed finds the same, with any number of jobs. 130 if a signal ended the search:",
            "what it has tried until then is told, and marked as partial."
        })
final class ExploreCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Scenario file; with --table, several.")
    private List<Path> files;

    @Option(names = "--variant", paramLabel = "NAME", description = "Variant; the first one else.")
    private String variant;

    @Option(
            names = "--runs",
            defaultValue = "1000",
            description = "Give up after so many runs; ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Give up after so many seconds, too.")
    private Long seconds;

    @Option(
            names = "--method",
            defaultValue = "MIXED",
            description = "${COMPLETION-CANDIDATES}; mixed is random and priority in turn.")
    private Search.Method method;

    @Option(
            names = "--depth",
            defaultValue = "2",
            description = "Most deviations, or depth of the bug for priorities; ${DEFAULT-VALUE}.")
    private int depth;

    @Option(names = "--exhaustive", description = "Run every schedule of that depth.")
    private boolean exhaustive;

    @Option(
            names = "--only",
            paramLabel = "SITE",
            split = ",",
            description =
                    "Only these choice points may differ, for example machine.fault: a fault whose"
                            + " \"when\" begins with \"any\".")
    private List<String> only = List.of();

    @Option(names = "--jobs", paramLabel = "N", description = "Runs at once; one per processor.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--seed", description = "Of the scenario and the search; ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--replay", paramLabel = "CHOICES", description = "Run this schedule again.")
    private String choices;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Another value, for example os.policy=intel-pin.")
    private Map<String, String> sets = Map.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write story.txt, story.mmd, explore.json and choices.txt there.")
    private Path out;

    @Option(
            names = "--table",
            description = "Search every variant with a defect; print what is found as a table.")
    private boolean table;

    @Option(
            names = "--progress",
            description = "Tell now and then how far the search is, where there is no terminal.")
    private boolean shown;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}", defaultValue = "TEXT")
    private Format format;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Search search = search();
        if (table) {
            PrintWriter print = spec.commandLine().getOut();
            new ExplorationTable(search, seed, print::println).search(files, sets);
            return ExitCode.GOOD;
        }
        if (files.size() > 1) {
            throw new ParameterException(spec.commandLine(), "several files need --table");
        }
        ScenarioFile read = ScenarioFile.read(files.get(0));
        String name = variant == null ? read.variants().get(0) : variant;
        BoundScenario scenario = read.bind(name, sets);
        if (out != null) {
            RunDirectory.make(out);
        }
        Explorer explorer = new Explorer(MachineAssembly.withoutLatencies(), scenario, seed);
        try (Interruption interruption = new Interruption()) {
            Finding finding =
                    choices != null
                            ? explorer.replay(schedule())
                            : timed(explorer, search, interruption);
            boolean partial = interruption.isRequested() && finding.schedule() == null;
            tell(new ExploreReport(scenario, finding, again(), partial));
            if (partial) {
                return ExitCode.INTERRUPTED;
            }
            return finding.schedule() == null ? ExitCode.GOOD : ExitCode.DIFFERENT;
        }
    }

    private void tell(ExploreReport report) throws IOException {
        PrintWriter print = spec.commandLine().getOut();
        if (format == Format.JSON) {
            print.print(JsonText.pretty(report.plain()));
        } else {
            report.text().forEach(print::println);
        }
        if (out != null) {
            write(report);
        }
    }

    private Search search() {
        require(runs >= 1, "--runs", runs);
        require(depth >= 1, "--depth", depth);
        require(jobs >= 1, "--jobs", jobs);
        require(seconds == null || seconds >= 1, "--seconds", seconds);
        only.forEach(this::requireSite);
        return new Search(
                exhaustive ? Search.Method.EXHAUSTIVE : method,
                runs,
                depth,
                jobs,
                seconds == null ? null : Duration.ofSeconds(seconds),
                Set.copyOf(only));
    }

    private void requireSite(String name) {
        Set<String> known = Search.knownSites();
        if (!known.contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--only: no choice point \"" + name + "\"; " + Names.remedy(name, known));
        }
    }

    private void require(boolean good, String option, Number value) {
        if (!good) {
            throw new ParameterException(
                    spec.commandLine(), option + ": expected 1 or more, found " + value);
        }
    }

    /** The speed goes to the error stream: what is printed on the other one repeats. */
    private Finding timed(Explorer explorer, Search search, Interruption interruption) {
        long startNs = System.nanoTime();
        SearchProgress progress = new SearchProgress(search, interruption);
        Ticker ticker = new Ticker(spec.commandLine().getErr(), shown, progress::line);
        Finding finding;
        try {
            finding = explorer.search(search, progress);
        } finally {
            ticker.end();
        }
        double took = (System.nanoTime() - startNs) / 1e9;
        String speed =
                String.format(Locale.ROOT, "%.1f s, %.0f runs/s", took, finding.runs() / took);
        spec.commandLine().getErr().println(speed);
        return finding;
    }

    private Schedule schedule() {
        try {
            return Schedule.parse(choices);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--replay: " + e.getMessage(), e);
        }
    }

    private String again() {
        StringBuilder command = new StringBuilder("svasim explore " + files.get(0));
        if (variant != null) {
            command.append(" --variant ").append(variant);
        }
        if (seed != 0) {
            command.append(" --seed ").append(seed);
        }
        sets.forEach((key, value) -> command.append(" --set ").append(key + "=" + value));
        return command.toString();
    }

    private void write(ExploreReport report) throws IOException {
        Files.write(out.resolve("story.txt"), report.text());
        Files.writeString(out.resolve("explore.json"), JsonText.pretty(report.plain()));
        Finding finding = report.finding();
        if (finding.schedule() != null) {
            Files.writeString(out.resolve("choices.txt"), finding.schedule() + "\n");
            Files.writeString(out.resolve("story.mmd"), finding.story().diagram());
        }
    }
}
