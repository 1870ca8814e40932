package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.binding.JsonText;
import svasim.run.CannotWrite;
import svasim.run.MachineAssembly;
import svasim.run.Runner;
import svasim.scenario.ScenarioFile;
import svasim.validate.Entry;
import svasim.validate.Point;
import svasim.validate.Table;
import svasim.validate.Validation;
import svasim.validate.page.ValidationPage;

/** {@code svasim validate}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Compares simulated with published measurements.",
        footer = "%nExit code 0 if every point is within its tolerance.")
final class ValidateCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description =
                    "Scenarios of the folder validation, their numbers such as M7, or files; all if none is named.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also writes validation.html, with a plot of each comparison, there.")
    private Path page;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}", defaultValue = "TEXT")
    private Format format;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Runner runner = new Runner(new MachineAssembly());
        List<Entry> entries = new ArrayList<>();
        for (Path path : files()) {
            ScenarioFile file = ScenarioFile.read(path);
            Entry entry = Validation.of(runner, file);
            if (format == Format.TEXT) {
                out.println(entry.title() + " (" + entry.name() + ')');
                Table.text(entry.points()).forEach(out::println);
                out.println();
                out.flush();
            }
            entries.add(entry);
        }
        if (format == Format.JSON) {
            out.print(
                    JsonText.pretty(
                            entries.stream().flatMap(e -> Table.plain(e).stream()).toList()));
        }
        if (page != null) {
            write(page, entries);
        }
        return entries.stream().flatMap(entry -> entry.points().stream()).allMatch(Point::good)
                ? ExitCode.GOOD
                : ExitCode.DIFFERENT;
    }

    private void write(Path folder, List<Entry> entries) throws CannotWrite {
        Path file = folder.resolve("validation.html");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, ValidationPage.html(entries));
        } catch (IOException e) {
            throw new CannotWrite(file, e);
        }
        if (format == Format.TEXT) {
            spec.commandLine().getOut().println("plots in " + file);
        }
    }

    private List<Path> files() throws IOException {
        Comparisons shipped = Comparisons.shipped();
        return names.isEmpty() ? shipped.files() : shipped.files(names);
    }
}
