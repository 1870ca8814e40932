package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.explore.Explorer;
import svasim.explore.Schedule;
import svasim.run.MachineAssembly;
import svasim.run.RunDirectory;
import svasim.run.Runner;
import svasim.scenario.BoundScenario;
import svasim.scenario.ScenarioFile;

/** {@code svasim explore}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Searches schedules of a scenario for a broken invariant.",
        footer = {
            "%nA schedule is written as its deviations from the plain run,",
            "site#occurrence=answer with commas between. Exit code 1 if one is found that fails."
        })
final class ExploreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Scenario file.")
    private Path file;

    @Option(names = "--variant", paramLabel = "NAME", description = "Variant; the first one else.")
    private String variant;

    @Option(
            names = "--runs",
            defaultValue = "1000",
            description = "Give up after so many runs; ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--depth",
            defaultValue = "2",
            description = "With --exhaustive, most deviations; ${DEFAULT-VALUE}.")
    private int depth;

    @Option(names = "--exhaustive", description = "Run every schedule of that depth.")
    private boolean exhaustive;

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
            description = "Write the failing schedule and its story there.")
    private Path out;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ScenarioFile read = ScenarioFile.read(file);
        String name = variant == null ? read.variants().get(0) : variant;
        BoundScenario scenario = read.bind(name, sets);
        if (out != null) {
            RunDirectory.make(out);
        }
        Explorer explorer = new Explorer(new Runner(new MachineAssembly()), scenario, seed);
        Explorer.Finding finding = search(explorer);
        List<String> lines = lines(scenario, finding);
        PrintWriter print = spec.commandLine().getOut();
        lines.forEach(print::println);
        if (out != null) {
            write(finding, lines);
        }
        return finding.schedule() == null ? ExitCode.GOOD : ExitCode.DIFFERENT;
    }

    private Explorer.Finding search(Explorer explorer) {
        if (choices != null) {
            return explorer.replay(schedule());
        }
        return exhaustive ? explorer.exhaustive(depth, runs) : explorer.random(runs);
    }

    private Schedule schedule() {
        try {
            return Schedule.parse(choices);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--replay: " + e.getMessage(), e);
        }
    }

    private List<String> lines(BoundScenario scenario, Explorer.Finding finding) {
        List<String> lines = new ArrayList<>();
        lines.add(scenario.title());
        if (finding.schedule() == null) {
            lines.add(finding.runs() + " runs, nothing broke" + searched(finding));
            return lines;
        }
        lines.add(finding.runs() + " runs; broken: " + String.join(", ", finding.failures()));
        lines.add("shortest schedule: " + finding.schedule());
        finding.deviations().forEach(deviation -> lines.add("  " + deviation));
        lines.add("");
        lines.addAll(finding.story());
        lines.add("");
        lines.addAll(finding.report());
        lines.add("");
        lines.add("repeat it with: svasim explore " + file + again() + finding.schedule() + "'");
        return lines;
    }

    private String searched(Explorer.Finding finding) {
        if (!exhaustive || choices != null) {
            return "";
        }
        return finding.complete()
                ? "; every schedule of at most " + depth + " deviations was run"
                : "; not every schedule was run";
    }

    private String again() {
        StringBuilder options = new StringBuilder();
        if (variant != null) {
            options.append(" --variant ").append(variant);
        }
        if (seed != 0) {
            options.append(" --seed ").append(seed);
        }
        sets.forEach((key, value) -> options.append(" --set ").append(key + "=" + value));
        return options.append(" --replay '").toString();
    }

    private void write(Explorer.Finding finding, List<String> lines) throws IOException {
        Files.write(out.resolve("story.txt"), lines);
        if (finding.schedule() != null) {
            Files.writeString(out.resolve("choices.txt"), finding.schedule() + "\n");
        }
    }
}
