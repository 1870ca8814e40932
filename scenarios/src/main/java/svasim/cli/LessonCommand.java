package svasim.cli;

import java.io.IOException;
import java.nio.file.Files;
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
import svasim.binding.Names;
import svasim.lesson.LessonData;
import svasim.run.CannotWrite;
import svasim.run.MachineAssembly;
import svasim.run.Runner;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** {@code svasim lesson}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Teaches with a scenario: writes the self-contained page of its story.",
        footer = {
            "%nExit codes: 0 written, 1 the story did not come out as its scenario expects,",
            "73 the page cannot be written."
        })
final class LessonCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "A scenario of the catalogue, or a file.")
    private String name;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the page goes.")
    private Path out;

    @Option(names = "--seed", description = "Of every random stream; ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--profiles",
            split = ",",
            paramLabel = "NAME",
            description = "Machines to tell the story on, instead of those that the lesson names.")
    private List<String> profiles = List.of();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Another value, for example os.policy=intel-pin.")
    private Map<String, String> sets = new LinkedHashMap<>();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (out == null) {
            throw new ParameterException(spec.commandLine(), "expected --out FILE for the page");
        }
        Runner runner = new Runner(new MachineAssembly());
        LessonData lesson = LessonData.of(runner, ScenarioFile.read(file()), seed, profiles, sets);
        try {
            Files.writeString(out, lesson.html());
        } catch (IOException e) {
            throw new CannotWrite(out, e);
        }
        spec.commandLine().getOut().println("lesson in " + out);
        return lesson.good() ? ExitCode.GOOD : ExitCode.DIFFERENT;
    }

    /** The file of this path, or the one that the catalogue knows by this name. */
    private Path file() throws IOException {
        Path path = Path.of(name);
        if (Files.exists(path) || name.indexOf('/') >= 0) {
            return path;
        }
        List<Path> known = Home.files();
        for (Path file : known) {
            if (Home.name(file).equals(name)) {
                return file;
            }
        }
        String near = Names.nearest(name, known.stream().map(Home::name).toList());
        throw new ParameterException(
                spec.commandLine(),
                "no scenario is named \""
                        + name
                        + "\""
                        + (near == null ? "" : ". Did you mean \"" + near + "\"?"));
    }
}
