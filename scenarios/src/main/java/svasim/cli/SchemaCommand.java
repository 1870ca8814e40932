package svasim.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import svasim.binding.JsonText;
import svasim.scenario.ScenarioSchema;

/** {@code svasim schema}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Prints the JSON Schema (draft 7) of scenario files, for editors.")
final class SchemaCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(JsonText.pretty(ScenarioSchema.plain()));
        return ExitCode.GOOD;
    }
}
