package svasim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.binding.JsonText;
import svasim.run.CannotWrite;

/** {@code svasim new}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Writes a small scenario to start from; never overwrites a file.")
final class NewCommand implements Callable<Integer> {
    private static final String SUFFIX = ".yaml";

    private static final String START =
            """
            svasim: 1
            title: %s
            aim: One sentence about what is to be seen.
            machine:
              profile: sapphire-rapids
              devices:
                dsa0: {model: dsa}
            processes:
              app:
                buffers:
                  src: {size: 8KiB, fill: random}
                  dst: {size: 8KiB}
                threads:
                  main:
                    - open: dsa0
                    - submit: {to: dsa0, op: memmove, from: src, into: dst, as: job}
                    - wait: job
                    - exit
            expect:
              pasid: {app: [allocated, bound, cut, drained, freed]}
              memory: {app.dst: app.src}
            """;

    @Parameters(paramLabel = "NAME", description = "File name; .yaml is added.")
    private Path name;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path file =
                name.toString().endsWith(SUFFIX)
                        ? name
                        : name.resolveSibling(name.getFileName() + SUFFIX);
        String title = JsonText.compact(file.getFileName().toString().replace(SUFFIX, ""));
        try {
            Files.writeString(file, START.formatted(title), StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new CannotWrite(file, e);
        }
        spec.commandLine().getOut().println(file + " written; try: svasim run " + file);
        return ExitCode.GOOD;
    }
}
