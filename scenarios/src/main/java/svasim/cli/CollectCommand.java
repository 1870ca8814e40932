package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.sweep.Collected;
import svasim.sweep.CollectionFolder;

/** {@code svasim collect}. */
@Command(
        mixinStandardHelpOptions = true,
        description = {
            "Puts the results of sweeps together, into one folder:",
            "  points.csv   a row for each point: keys, seed, end, statistics",
            "  groups.csv   a row for each group of points that differ in the seed only: number of",
            "               seeds n, mean, half of the 95 %% interval (Student's t)",
            "  groups/N/    the latencies of a group, merged without loss, as a run has them",
            "  sweep.html   a page with pictures, that loads nothing",
        },
        footer = {
            "%nExit codes: 0 every point has a result and is good, 1 otherwise,",
            "65 no result has such a statistic, 66 no sweep, 73 the folder cannot be written."
        })
final class CollectCommand implements Callable<Integer> {
    private static final int SHOWN = 5;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders of sweeps.")
    private List<Path> sweeps;

    @Option(
            names = "--stats",
            split = ",",
            paramLabel = "NAME",
            description = "Statistics, with commas; all if not given; svasim list stats.")
    private List<String> statistics = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where it goes; collected/ in the first folder if not given.")
    private Path out;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Collected all = Collected.read(sweeps, statistics);
        Path folder = out == null ? sweeps.get(0).resolve("collected") : out;
        CollectionFolder.write(all, folder);
        PrintWriter print = spec.commandLine().getOut();
        print.printf(
                "%d points, %d not good, %d without result%n",
                all.size(), all.bad().size(), all.missing().size());
        all.bad().stream().limit(SHOWN).forEach(point -> print.println("  not good: " + point));
        all.missing().stream().limit(SHOWN).forEach(point -> print.println("  none: " + point));
        print.println("tables and page in " + folder);
        return all.missing().isEmpty() && all.bad().isEmpty() ? ExitCode.GOOD : ExitCode.DIFFERENT;
    }
}
