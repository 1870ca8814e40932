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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.binding.Names;
import svasim.scenario.Home;

/** {@code svasim show}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Shows one scenario, profile, model, policy, invariant or defect.")
final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "As svasim list prints it.")
    private String name;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Path> files = new ArrayList<>(Home.files());
        files.addAll(Home.profiles());
        PrintWriter out = spec.commandLine().getOut();
        for (Path file : files) {
            if (Home.name(file).equals(name)) {
                out.println("# " + file);
                out.print(Files.readString(file));
                return ExitCode.GOOD;
            }
        }
        List<String> known = new ArrayList<>(files.stream().map(Home::name).toList());
        for (Topic topic : List.of(Topic.MODELS, Topic.POLICIES, Topic.INVARIANTS, Topic.DEFECTS)) {
            String text = topic.entries().get(name);
            if (text != null) {
                out.println(name + ": " + text);
                return ExitCode.GOOD;
            }
            known.addAll(topic.entries().keySet());
        }
        String near = Names.nearest(name, known);
        throw new ParameterException(
                spec.commandLine(),
                "nothing is named \""
                        + name
                        + "\""
                        + (near == null ? "" : ". Did you mean \"" + near + "\"?"));
    }
}
