package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.binding.InvalidInput;
import svasim.kernel.Choices;
import svasim.run.MachineAssembly;
import svasim.scenario.BoundScenario;
import svasim.scenario.ScenarioFile;

/** {@code svasim check}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Checks scenario files without running them; shows all mistakes at once.",
        footer = "%nExit code 0 if there is no mistake, 65 otherwise.")
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Scenario files.")
    private List<Path> files;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        int code = ExitCode.GOOD;
        for (Path file : files) {
            try {
                check(file);
                out.println(file + ": good");
            } catch (InvalidInput e) {
                PrintWriter err = spec.commandLine().getErr();
                e.mistakes().forEach(err::println);
                code = ExitCode.BAD_INPUT;
            }
        }
        return code;
    }

    /** Puts the machine of each variant together, but does not start it. */
    private static void check(Path file) throws IOException {
        MachineAssembly assembly = new MachineAssembly();
        for (BoundScenario scenario : ScenarioFile.read(file).bindAll(Map.of())) {
            assembly.assemble(scenario, 0, Choices.PLAIN);
        }
    }
}
