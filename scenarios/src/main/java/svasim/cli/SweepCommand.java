package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import svasim.run.CannotWrite;
import svasim.run.MachineAssembly;
import svasim.run.Runner;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;
import svasim.sweep.Plan;
import svasim.sweep.Planner;
import svasim.sweep.PointRun;
import svasim.sweep.SlurmScript;
import svasim.sweep.Store;
import svasim.sweep.SweepRun;

/** {@code svasim sweep}. */
@Command(
        mixinStandardHelpOptions = true,
        description = {
            "Runs a scenario at every combination of values, several at once. A configuration",
            "that has been run is not run again: after an interruption, repeat the command.",
            "svasim collect makes tables and a page of the results.",
        },
        footer = {
            "%nValues of a key, separated by commas; each is a value or a range:",
            "  1,2,8          these values; [a, b] and \"a,b\" are one value each",
            "  1..4           1, 2, 3, 4; with a unit, in steps of one of its unit",
            "  1..9+2         1, 3, 5, 7, 9",
            "  1..64*2        1, 2, 4 ... 64; the factor may be a fraction, such as *1.5",
            "  4KiB..64MiB*2  sizes; also times (100ns..2us*2) and rates",
            "The last value belongs to a range if it is met.",
            "%nExample: svasim sweep scenarios/devices/dsa-open-loop.yaml --seeds 1..5 \\",
            "           -p processes.app.threads.main.2.submit.size=4KiB..64KiB*2 \\",
            "           --set expect={}",
            "What a file expects holds for its own values; expect={} expects nothing else than",
            "that no invariant is broken.",
            "%nExit codes: 0 all good, 1 a point fails its expectations, 2 a limit was reached,",
            "65 a value does not fit (nothing is run), 66 no such file, 73 the folder cannot",
            "be written, 130 interrupted. Of several, the highest."
        })
final class SweepCommand implements Callable<Integer> {
    private static final int TASKS_AT_ONCE = 100;
    private static final int MOST_SAID = 10;

    @Parameters(paramLabel = "FILE", description = "Scenario file; all its variants are swept.")
    private Path file;

    @Option(
            names = "-p",
            paramLabel = "KEY=VALUES",
            description = "A key and its values, as below; give it once for each key.")
    private List<String> axes = new ArrayList<>();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One value for all points.")
    private Map<String, String> sets = new LinkedHashMap<>();

    @Option(names = "--variant", paramLabel = "NAME", description = "Only this variant.")
    private String variant;

    @Option(
            names = "--seed",
            description = "Of every random stream, and of the draw of --samples; ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--seeds",
            paramLabel = "VALUES",
            description = "Runs each point with each of these seeds, such as 1..5.")
    private String seeds;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Only N points of the product, drawn at random without repetition.")
    private int samples;

    @Option(names = "--jobs", paramLabel = "N", description = "Runs at once; one per processor.")
    private Integer jobs;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = {
                "Runs nothing; writes the points to FILE, and a Slurm array script beside it that",
                "runs them with run --point FILE:N, --jobs tasks at once (" + TASKS_AT_ONCE + ")."
            })
    private Path planFile;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = {
                "Where results go, and where finished ones are looked for;",
                "runs/NAME-sweep if not given, with --plan the file's name without its ending."
            })
    private Path out;

    @Spec private CommandSpec spec;

    private int worst = ExitCode.GOOD;
    private int notGood;

    @Override
    public Integer call() throws IOException {
        requirePositive("--jobs", jobs == null ? 1 : jobs);
        if (spec.commandLine().getParseResult().hasMatchedOption("--samples")) {
            requirePositive("--samples", samples);
        }
        String runSeeds = seeds == null ? Long.toString(seed) : seeds;
        Planner.Request request = new Planner.Request(variant, axes, sets, runSeeds, samples, seed);
        Path folder = folder().toAbsolutePath().normalize();
        Plan plan = Planner.plan(file, request, new MachineAssembly(), folder);
        Store store = Store.open(folder);
        try {
            plan.write(folder.resolve(Plan.FILE));
            if (planFile != null) {
                return writePlan(plan);
            }
        } catch (IOException e) {
            throw new CannotWrite(planFile == null ? folder : planFile, e);
        }
        return run(plan, store);
    }

    private void requirePositive(String option, int value) {
        if (value < 1) {
            throw new ParameterException(
                    spec.commandLine(), option + ": expected 1 or more, found " + value);
        }
    }

    private Path folder() {
        if (out != null) {
            return out;
        }
        if (planFile == null) {
            return Path.of("runs", Home.name(file) + "-sweep");
        }
        String name = planFile.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return planFile.resolveSibling(dot < 1 ? name + "-points" : name.substring(0, dot));
    }

    private int writePlan(Plan plan) throws IOException {
        Path whole = planFile.toAbsolutePath().normalize();
        Files.createDirectories(whole.getParent());
        plan.write(whole);
        Path script = SlurmScript.beside(whole);
        Path launcher =
                Path.of(
                        System.getProperty("svasim.home", Home.scenarios().getParent().toString()),
                        "svasim");
        SlurmScript.write(script, plan, whole, launcher, jobs == null ? TASKS_AT_ONCE : jobs);
        PrintWriter print = spec.commandLine().getOut();
        print.println(plan.points().size() + " points in " + planFile);
        print.println("submit them with: sbatch " + SlurmScript.beside(planFile));
        print.println("or run one here:  svasim run --point " + planFile + ":0");
        print.println("results will be in " + folder());
        return ExitCode.GOOD;
    }

    private int run(Plan plan, Store store) throws IOException {
        try (Interruption interruption = new Interruption()) {
            printSummary(outcomes(plan, store, interruption));
            boolean unwritten = worst == ExitCode.CANNOT_WRITE || worst == ExitCode.IO_ERROR;
            return interruption.isRequested() && !unwritten ? ExitCode.INTERRUPTED : worst;
        }
    }

    private List<SweepRun.Outcome> outcomes(Plan plan, Store store, Interruption interruption)
            throws IOException {
        PointRun points =
                new PointRun(
                        new Runner(new MachineAssembly()),
                        ScenarioFile.read(file),
                        store,
                        machine -> interruption.stops(machine.kernel()));
        int threads = jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
        try (Progress progress = new Progress(spec.commandLine().getErr(), plan.points().size())) {
            return new SweepRun(
                            points,
                            store,
                            interruption,
                            (outcome, fresh) -> tell(outcome, fresh, progress))
                    .run(plan, threads);
        }
    }

    /** What is not good is said at once, up to a number that can be read; the rest is counted. */
    private void tell(SweepRun.Outcome outcome, boolean fresh, Progress progress) {
        if (outcome.problem() != null) {
            progress.say(outcome.point().title() + ":");
            PrintWriter err = spec.commandLine().getErr();
            worst = Math.max(worst, Failures.explain(outcome.problem(), err));
        } else {
            worst = Math.max(worst, PointTask.exitCode(outcome.result()));
            if (!outcome.result().good() && notGood++ <= MOST_SAID) {
                progress.say(notGood <= MOST_SAID ? line(outcome) : "... more are not good");
            }
        }
        progress.ended(fresh);
    }

    private static String line(SweepRun.Outcome outcome) {
        return outcome.point().title() + ": not good: " + outcome.result().why();
    }

    private void printSummary(List<SweepRun.Outcome> outcomes) {
        long ended = outcomes.stream().filter(o -> o.result() != null).count();
        long good = outcomes.stream().filter(o -> o.result() != null && o.result().good()).count();
        PrintWriter print = spec.commandLine().getOut();
        print.printf(
                "%d points: %d good, %d not good, %d without result%n",
                outcomes.size(), good, ended - good, outcomes.size() - ended);
        print.println("results in " + folder() + "; svasim collect " + folder());
    }
}
