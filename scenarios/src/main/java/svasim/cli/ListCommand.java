package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.binding.JsonText;

/** {@code svasim list}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Lists scenarios, models, policies, invariants and the like.")
final class ListCommand implements Callable<Integer> {
    @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
    private Topic topic;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}", defaultValue = "TEXT")
    private Format format;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> entries = topic.entries();
        if (format == Format.JSON) {
            out.print(JsonText.pretty(entries));
            return ExitCode.GOOD;
        }
        int width = entries.keySet().stream().mapToInt(String::length).max().orElse(1);
        entries.forEach(
                (name, what) -> {
                    out.printf("%-" + width + "s  %s%n", name, what);
                    topic.details(name).forEach(out::println);
                });
        return ExitCode.GOOD;
    }
}
