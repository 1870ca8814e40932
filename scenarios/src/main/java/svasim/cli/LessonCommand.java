package svasim.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.binding.JsonText;
import svasim.binding.Names;
import svasim.lesson.Course;
import svasim.lesson.From;
import svasim.lesson.LessonData;
import svasim.lesson.Telling;
import svasim.lesson.Wish;
import svasim.lesson.terminal.Examination;
import svasim.lesson.terminal.LessonText;
import svasim.lesson.terminal.Prompt;
import svasim.lesson.terminal.StepThrough;
import svasim.run.CannotWrite;
import svasim.run.MachineAssembly;
import svasim.run.Runner;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** {@code svasim lesson}. */
@Command(
        mixinStandardHelpOptions = true,
        description = {
            "Teaches with a scenario: its story as a text, one step at a time, or with",
            "questions; with --out as a self-contained page. With --course and --out DIR all",
            "lessons of the course, and an index of them."
        },
        footer = {
            "%nWith --step and --quiz each line of input is an answer; the end of it ends all.",
            "Exit codes: 0 good, 1 the story did not come out as its scenario expects, or",
            "a question was not answered rightly, 64 no such lesson, 65 bad scenario,",
            "66 no such file, 73 the page cannot be written."
        })
final class LessonCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "A scenario of the catalogue, or a file.")
    private String name;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the page goes; with --course a folder.")
    private Path out;

    @Option(names = "--course", description = "Writes the pages of all lessons and their index.")
    private boolean course;

    @Option(names = "--step", description = "Shows the story one step at a time.")
    private boolean step;

    @Option(names = "--quiz", description = "Asks about the story; the seed chooses the questions.")
    private boolean quiz;

    @Option(names = "--answers", description = "Prints the questions of the quiz with the key.")
    private boolean answers;

    @Option(
            names = "--format",
            description = "Of the quiz's result or key: ${COMPLETION-CANDIDATES}.",
            defaultValue = "TEXT")
    private Format format;

    @Option(names = "--seed", description = "Of every random stream; ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--from",
            paramLabel = "TIME|STEP",
            description = "With --out: where the page opens, for example 30us or 1200.")
    private String from;

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
        require();
        if (course) {
            return writeCourse();
        }
        ScenarioFile file = ScenarioFile.read(file());
        Runner runner = new Runner(new MachineAssembly());
        return out == null ? tell(runner, file) : write(runner, file);
    }

    /** A scenario of the catalogue by its name, or a file by its path. */
    private Path file() throws IOException {
        Path path = Path.of(name);
        if (Files.exists(path) || name.contains("/") || name.endsWith(".yaml")) {
            return path;
        }
        List<Path> files = Home.files();
        for (Path file : files) {
            if (Home.name(file).equals(name)) {
                return file;
            }
        }
        String near = Names.nearest(name, files.stream().map(Home::name).toList());
        throw wrong(
                "no lesson or scenario is named \""
                        + name
                        + "\""
                        + (near == null ? "" : ". Did you mean \"" + near + "\"?"));
    }

    /** One thing at a time, and no option without effect. */
    private void require() {
        long modes = Stream.of(step, quiz, answers, out != null).filter(mode -> mode).count();
        if (modes > 1) {
            throw wrong("--step, --quiz, --answers and --out: only one of them");
        }
        if (course && (name != null || out == null || !profiles.isEmpty() || !sets.isEmpty())) {
            throw wrong("--course: with --out DIR and --seed alone");
        }
        if (!course && name == null) {
            throw wrong("a lesson is missing; svasim list lessons prints their names");
        }
        if (from != null && out == null) {
            throw wrong("--from: only with --out");
        }
        if (format == Format.JSON && !quiz && !answers) {
            throw wrong("--format json: only with --quiz or --answers");
        }
    }

    private Wish wish() {
        try {
            return new Wish(seed, profiles, sets, from == null ? null : From.of(from));
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private int write(Runner runner, ScenarioFile file) throws IOException {
        if (Files.exists(out)) {
            throw new CannotWrite(out, "is there already");
        }
        LessonData lesson = LessonData.of(runner, file, wish());
        try {
            Files.writeString(out, lesson.html());
        } catch (IOException e) {
            throw new CannotWrite(out, e);
        }
        spec.commandLine().getOut().println("lesson in " + out);
        return lesson.good() ? ExitCode.GOOD : ExitCode.DIFFERENT;
    }

    private int writeCourse() throws IOException {
        Course all = new Course(new Runner(new MachineAssembly()), seed);
        boolean good = all.write(Home.lessons(), out);
        spec.commandLine().getOut().println("course in " + out.resolve("index.html"));
        return good ? ExitCode.GOOD : ExitCode.DIFFERENT;
    }

    private int tell(Runner runner, ScenarioFile file) throws IOException {
        Telling telling = LessonData.story(runner, file, wish());
        PrintWriter print = spec.commandLine().getOut();
        if (quiz) {
            return examine(new Examination(telling, seed), print);
        }
        if (answers) {
            key(new Examination(telling, seed), print);
        } else if (step) {
            new StepThrough(telling, prompt(print)).run();
        } else {
            LessonText.of(telling, name).forEach(print::println);
        }
        return telling.good() ? ExitCode.GOOD : ExitCode.DIFFERENT;
    }

    /** With JSON the questions go to the error stream, so that the result can be piped. */
    private int examine(Examination examination, PrintWriter print) throws IOException {
        boolean json = format == Format.JSON;
        examination.run(prompt(json ? spec.commandLine().getErr() : print));
        if (json) {
            print.print(JsonText.pretty(examination.plain()));
        }
        return examination.passed() ? ExitCode.GOOD : ExitCode.DIFFERENT;
    }

    private void key(Examination examination, PrintWriter print) {
        if (format == Format.JSON) {
            print.print(JsonText.pretty(examination.plain()));
        } else {
            examination.key().forEach(print::println);
        }
    }

    /** Only who sits at a terminal needs a sign that a line is wanted. */
    private static Prompt prompt(PrintWriter print) {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return new Prompt(in, print, System.console() == null ? "" : "> ");
    }
}
