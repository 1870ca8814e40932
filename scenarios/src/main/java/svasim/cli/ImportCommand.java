package svasim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.binding.TreeReader;
import svasim.binding.YamlText;

/** {@code svasim import}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Turns a configuration of a real device into a scenario, on standard output.")
final class ImportCommand implements Callable<Integer> {
    /** What can be turned into a scenario. */
    enum Source {
        /** JSON as {@code accel-config save-config} writes it. */
        ACCEL_CONFIG;

        @Override
        public String toString() {
            return "accel-config";
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            converter = SourceConverter.class,
            description = "accel-config: JSON as accel-config save-config writes it.")
    private Source source;

    @Parameters(index = "1", paramLabel = "FILE", description = "File to read.")
    private Path file;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        AccelConfig config = new AccelConfig();
        Object scenario =
                config.scenario(TreeReader.read(file.toString(), Files.readAllBytes(file)));
        spec.commandLine().getOut().print(YamlText.of(scenario));
        if (!config.leftOut().isEmpty()) {
            String names = String.join(", ", config.leftOut());
            spec.commandLine().getErr().println("without effect here, left out: " + names);
        }
        return ExitCode.GOOD;
    }

    /** The word of the command line. */
    static final class SourceConverter implements picocli.CommandLine.ITypeConverter<Source> {
        @Override
        public Source convert(String word) {
            if (word.equals(Source.ACCEL_CONFIG.toString())) {
                return Source.ACCEL_CONFIG;
            }
            throw new picocli.CommandLine.TypeConversionException(
                    "cannot import \"" + word + "\"; known: accel-config");
        }
    }
}
