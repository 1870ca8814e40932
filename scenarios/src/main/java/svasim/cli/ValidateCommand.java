package svasim.cli;

import java.io.FileNotFoundException;
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
import svasim.run.MachineAssembly;
import svasim.run.Runner;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;
import svasim.validate.Point;
import svasim.validate.Table;
import svasim.validate.Validation;

/** {@code svasim validate}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Compares simulated with published measurements.",
        footer = "%nExit code 0 if every point is within its tolerance.")
final class ValidateCommand implements Callable<Integer> {
    private static final String FOLDER = "validation";

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Scenarios of the folder validation, or files; all if none is named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}", defaultValue = "TEXT")
    private Format format;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Runner runner = new Runner(new MachineAssembly());
        List<Point> all = new ArrayList<>();
        for (Path path : files()) {
            ScenarioFile file = ScenarioFile.read(path);
            List<Point> points = Validation.of(runner, file);
            if (format == Format.TEXT) {
                out.println(Home.name(path));
                Table.text(points).forEach(out::println);
                out.println();
                out.flush();
            }
            all.addAll(points);
        }
        if (format == Format.JSON) {
            out.print(JsonText.pretty(Table.plain(all)));
        }
        return all.stream().allMatch(Point::good) ? ExitCode.GOOD : ExitCode.DIFFERENT;
    }

    private List<Path> files() throws IOException {
        List<Path> known =
                Home.files().stream().filter(f -> f.getParent().endsWith(FOLDER)).toList();
        if (names.isEmpty()) {
            return known;
        }
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            files.add(file(name, known));
        }
        return files;
    }

    private static Path file(String name, List<Path> known) throws IOException {
        for (Path file : known) {
            if (Home.name(file).equals(name)) {
                return file;
            }
        }
        if (Files.isRegularFile(Path.of(name))) {
            return Path.of(name);
        }
        throw new FileNotFoundException(
                name + "; known: " + known.stream().map(Home::name).toList());
    }
}
