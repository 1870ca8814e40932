package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.binding.JsonText;
import svasim.compare.DifferenceReport;
import svasim.compare.Differences;
import svasim.compare.Machines;
import svasim.compare.Thresholds;
import svasim.run.MachineAssembly;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.scenario.BoundScenario;
import svasim.scenario.ScenarioFile;

/** {@code svasim compare}. */
@Command(
        mixinStandardHelpOptions = true,
        description = {
            "compare FILE --profiles A,B runs one scenario on several machines, side by side.",
            "compare RUN RUN shows which statistics of two run directories differ; of two",
            "sweeps, or two files points.csv that collect has made of them, point by point;",
            "of two files groups.csv the means over seeds: those whose 95 %% intervals",
            "overlap count as the same."
        },
        footer = {
            "%nExit codes: 0 every machine ends well, or nothing differs by more than the",
            "threshold; 1 otherwise; 2 a limit was reached; 65 neither has such a statistic.",
            "%nExample: svasim compare before.csv after.csv --stats dsa0.load.latency.ps \\",
            "           --threshold 2 --threshold dsa0.load.latency.ps.max=10"
        })
final class CompareCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE|RUN",
            arity = "1..2",
            description = "A scenario file, or two run directories, sweeps or tables of collect.")
    private List<Path> paths;

    @Option(
            names = "--profiles",
            split = ",",
            paramLabel = "NAME",
            description = "Hardware profiles, with commas; svasim list profiles.")
    private List<String> profiles = List.of();

    @Option(names = "--variant", paramLabel = "NAME", description = "Variant; the first one else.")
    private String variant;

    @Option(names = "--seed", description = "Of every random stream; ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Another value on every machine, for example os.policy=intel-pin.")
    private Map<String, String> sets = Map.of();

    @Option(
            names = "--threshold",
            paramLabel = "[NAME=]PERCENT",
            description = {
                "Differences up to this share of the first value are passed over; 0. With",
                "the name of a statistic it is that one's own; may be given again."
            })
    private List<String> thresholds = List.of();

    @Option(
            names = "--stats",
            split = ",",
            paramLabel = "NAME",
            description = "Compare these statistics only, with commas; svasim list stats.")
    private List<String> statistics = List.of();

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}", defaultValue = "TEXT")
    private Format format;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (paths.size() == 2 && profiles.isEmpty()) {
            return compareRuns();
        }
        if (paths.size() == 1 && !profiles.isEmpty()) {
            return compareMachines();
        }
        throw new ParameterException(
                spec.commandLine(), "expected one FILE and --profiles, or two run directories");
    }

    private int compareMachines() throws IOException {
        Machines machines = Machines.run(new Runner(new MachineAssembly()), scenarios(), seed);
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            out.print(JsonText.pretty(machines.plain()));
        } else {
            machines.text().forEach(out::println);
        }
        int worst = ExitCode.GOOD;
        for (RunResult result : machines.results().values()) {
            worst = Math.max(worst, RunCommand.exitCode(result));
        }
        return worst;
    }

    private Map<String, BoundScenario> scenarios() throws IOException {
        ScenarioFile file = ScenarioFile.read(paths.get(0));
        String name = variant == null ? file.variants().get(0) : variant;
        Map<String, BoundScenario> scenarios = new LinkedHashMap<>();
        for (String profile : profiles) {
            Map<String, String> all = new LinkedHashMap<>(sets);
            all.put("machine.profile", profile);
            scenarios.put(profile, file.bind(name, all));
        }
        return scenarios;
    }

    private int compareRuns() throws IOException {
        Differences differences =
                Differences.between(paths.get(0), paths.get(1), thresholds(), statistics);
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            out.print(JsonText.pretty(DifferenceReport.plain(differences)));
        } else {
            DifferenceReport.text(differences).forEach(out::println);
        }
        return differences.found().isEmpty() ? ExitCode.GOOD : ExitCode.DIFFERENT;
    }

    private Thresholds thresholds() {
        try {
            return Thresholds.parse(thresholds);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--threshold: " + e.getMessage());
        }
    }
}
