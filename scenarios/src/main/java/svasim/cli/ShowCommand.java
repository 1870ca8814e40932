package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.binding.Names;

/** {@code svasim show}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Shows one scenario, profile, model, policy, invariant, defect or statistic.")
final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "As svasim list prints it.")
    private String name;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<String> known = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (topic.entries().containsKey(name)) {
                PrintWriter out = spec.commandLine().getOut();
                topic.page(name).forEach(out::println);
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
