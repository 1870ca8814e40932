package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.binding.JsonText;
import svasim.binding.Names;
import svasim.matrix.Attacks;
import svasim.matrix.Matrix;
import svasim.matrix.MatrixTable;

/** {@code svasim matrix}. */
@Command(
        mixinStandardHelpOptions = true,
        description = {
            "Runs scenarios under every lifetime policy on every hardware profile.",
            "A cell says good, which invariants break, what ends otherwise than the scenario",
            "expects of today's kernel, stuck, or n/a where machine or policy refuse every bind.",
            "With --attacks: what stops a malicious device, and what does not."
        },
        footer = "%nExit code 0: the table is the result.")
final class MatrixCommand implements Callable<Integer> {
    /** How the table is printed. */
    enum Form {
        TEXT,
        MARKDOWN,
        JSON
    }

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Scenario files; all of scenarios/lifecycle else.")
    private List<Path> files = List.of();

    @Option(
            names = "--policies",
            split = ",",
            paramLabel = "NAME",
            description = "With commas; all else; svasim list policies.")
    private List<String> policies = List.of();

    @Option(
            names = "--profiles",
            split = ",",
            paramLabel = "NAME",
            description = "With commas; all else; svasim list profiles.")
    private List<String> profiles = List.of();

    @Option(
            names = "--attacks",
            description = {
                "Another table: attacks by what may stop them, on each IOMMU;",
                "of the scenarios devices/rogue-* if no files are given."
            })
    private boolean attacks;

    @Option(names = "--jobs", paramLabel = "N", description = "Runs at once; one per processor.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}", defaultValue = "TEXT")
    private Form format;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (jobs < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--jobs: expected 1 or more, found " + jobs);
        }
        long startNs = System.nanoTime();
        Matrix matrix = attacks ? attacks() : Matrix.run(axes(), jobs);
        double seconds = (System.nanoTime() - startNs) / 1e9;
        PrintWriter err = spec.commandLine().getErr();
        err.println(String.format(Locale.ROOT, "%d runs, %.0f s", matrix.runs(), seconds));
        print(new MatrixTable(matrix));
        return ExitCode.GOOD;
    }

    private Matrix attacks() throws IOException {
        if (!policies.isEmpty() || !profiles.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--attacks: takes neither --policies nor --profiles");
        }
        return Attacks.run(files.isEmpty() ? Attacks.files() : files, jobs);
    }

    private Matrix.Axes axes() throws IOException {
        Matrix.Axes all = Matrix.Axes.all();
        requireKnown("--policies", policies, all.policies());
        requireKnown("--profiles", profiles, all.profiles());
        return new Matrix.Axes(
                files.isEmpty() ? all.scenarios() : files,
                policies.isEmpty() ? all.policies() : policies,
                profiles.isEmpty() ? all.profiles() : profiles);
    }

    private void requireKnown(String option, List<String> names, List<String> known) {
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        option + ": unknown \"" + name + "\"; " + Names.remedy(name, known));
            }
        }
    }

    private void print(MatrixTable table) {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT -> table.text().forEach(out::println);
            case MARKDOWN -> table.markdown().forEach(out::println);
            default -> out.print(JsonText.pretty(table.plain()));
        }
    }
}
