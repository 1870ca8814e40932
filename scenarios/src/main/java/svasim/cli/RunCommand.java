package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
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
import svasim.binding.JsonText;
import svasim.kernel.Choices;
import svasim.lesson.LessonData;
import svasim.lesson.Observer;
import svasim.run.Artifact;
import svasim.run.CannotWrite;
import svasim.run.MachineAssembly;
import svasim.run.OutcomeTable;
import svasim.run.RunDirectory;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.run.Summary;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** {@code svasim run}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Simulates every variant of a scenario, or one of them.",
        footer = {
            "%nExit codes: 0 all good, 1 an expectation does not hold, 2 a limit was reached,",
            "65 bad scenario, 66 no such file, 73 the run directory cannot be written,",
            "74 no space is left, 130 interrupted. After 2, 74 and 130 what was measured so far is there,",
            "marked as partial. On a terminal a run that takes long tells how far it is."
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Scenario files.")
    private List<Path> files = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where results go; a new folder below runs/ if not given.")
    private Path out;

    @Option(names = "--seed", description = "Of every random stream; ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Another value, for example processes.app.buffers.src.size=1MiB.")
    private Map<String, String> sets = new LinkedHashMap<>();

    @Option(names = "--variant", paramLabel = "NAME", description = "Only this variant.")
    private String variant;

    @Option(
            names = "--trace",
            split = ",",
            paramLabel = "KIND",
            description = "Traces to write: ${COMPLETION-CANDIDATES}, with commas.")
    private List<Artifact> artifacts = new ArrayList<>();

    @Option(names = "--lesson", description = "Also write lesson.html, the story step by step.")
    private boolean lesson;

    @Option(
            names = "--point",
            paramLabel = "PLAN:N",
            description = "Instead of files: a point of a plan that svasim sweep has written.")
    private String point;

    @Option(
            names = "--progress",
            description = "Tell now and then how far a long run is, where there is no terminal.")
    private boolean shown;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}", defaultValue = "TEXT")
    private Format format;

    @Spec private CommandSpec spec;

    private final Runner runner = new Runner(new MachineAssembly());
    private final List<Object> printed = new ArrayList<>();

    /** By file; in the order of the files. */
    private final Map<String, OutcomeTable> tables = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        if (point != null) {
            if (!files.isEmpty()
                    || spec.commandLine().getParseResult().matchedOptions().size() > 1) {
                throw new ParameterException(spec.commandLine(), "--point: stands alone");
            }
            return PointTask.run(point, spec.commandLine().getOut());
        }
        if (files.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required parameter: 'FILE', or --point PLAN:N");
        }
        List<BoundScenario> scenarios = new ArrayList<>();
        for (Path file : files) {
            ScenarioFile read = ScenarioFile.read(file);
            scenarios.addAll(
                    variant == null ? read.bindAll(sets) : List.of(read.bind(variant, sets)));
        }
        Path base = out == null ? RunDirectory.unused(Path.of("runs", name())) : out;
        int worst = runAll(scenarios, base);
        PrintWriter print = spec.commandLine().getOut();
        if (format == Format.JSON) {
            print.print(JsonText.pretty(printed.size() == 1 ? printed.get(0) : printed));
        } else {
            tables.values().forEach(table -> printTable(table, print));
            print.println("results in " + base);
        }
        return worst;
    }

    /** The worst exit code of the scenarios. */
    private int runAll(List<BoundScenario> scenarios, Path base) throws IOException {
        int worst = ExitCode.GOOD;
        try (Interruption interruption = new Interruption()) {
            for (BoundScenario scenario : scenarios) {
                if (interruption.isRequested()) {
                    return ExitCode.INTERRUPTED;
                }
                Path folder = scenarios.size() == 1 ? base : below(base, scenario);
                worst = Math.max(worst, exitCode(run(scenario, folder, interruption)));
            }
        }
        return worst;
    }

    private String name() {
        return Home.name(files.get(0));
    }

    private Path below(Path base, BoundScenario scenario) {
        Path folder = base;
        if (files.size() > 1) {
            folder = folder.resolve(Home.name(Path.of(scenario.file().name())));
        }
        return scenario.variant().isEmpty() ? folder : folder.resolve(scenario.variant());
    }

    private RunResult run(BoundScenario scenario, Path folder, Interruption interruption)
            throws IOException {
        RunProgress progress = new RunProgress(title(scenario), scenario.scenario().measure());
        Ticker ticker = new Ticker(spec.commandLine().getErr(), shown, progress::line);
        try (RunDirectory directory = RunDirectory.create(folder, scenario, seed)) {
            Observer observer = new Observer(scenario);
            try {
                RunResult result =
                        runner.run(
                                scenario,
                                seed,
                                Choices.PLAIN,
                                machine -> {
                                    directory.attach(machine, artifacts);
                                    if (lesson) {
                                        observer.attach(machine);
                                    }
                                    interruption.stops(machine.kernel());
                                    progress.watch(machine.kernel());
                                });
                if (lesson) {
                    Path page = directory.folder().resolve("lesson.html");
                    Files.writeString(page, LessonData.of(runner, observer, result, seed).html());
                }
                directory.finish(result);
                ticker.end();
                print(result);
                return result;
            } catch (RuntimeException e) {
                directory.breakOff(e);
                throw e;
            }
        } catch (CannotWrite e) {
            throw e;
        } catch (IOException | UncheckedIOException e) {
            throw new IOException(
                    folder + ": " + reason(e) + "; what is there is marked as partial", e);
        } finally {
            ticker.end();
        }
    }

    /** Without the names of classes around it. */
    private static String reason(Throwable thrown) {
        Throwable cause = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static String title(BoundScenario scenario) {
        String file = Home.name(Path.of(scenario.file().name()));
        return scenario.variant().isEmpty() ? file : file + " " + scenario.variant();
    }

    private static void printTable(OutcomeTable table, PrintWriter print) {
        if (!table.lines().isEmpty()) {
            table.lines().forEach(print::println);
            print.println();
        }
    }

    private void print(RunResult result) {
        if (format == Format.JSON) {
            printed.add(Summary.plain(result));
            return;
        }
        PrintWriter print = spec.commandLine().getOut();
        String file = result.scenario().file().name();
        tables.computeIfAbsent(file, name -> new OutcomeTable()).add(result);
        Summary.text(result).forEach(print::println);
        print.println();
        print.flush();
    }

    /** What a run ends with. */
    static int exitCode(RunResult result) {
        return switch (result.end()) {
            case QUIET -> result.good() ? ExitCode.GOOD : ExitCode.DIFFERENT;
            case TIME_LIMIT, EVENT_LIMIT -> ExitCode.LIMIT;
            case STOPPED -> ExitCode.INTERRUPTED;
        };
    }
}
