package svasim.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Entry point of {@code svasim}. */
@Command(
        name = "svasim",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = HelpCommand.class,
        description = "Simulates Shared Virtual Addressing: the life of a PASID.",
        footer = "%nStart with: svasim run scenarios/lifecycle/bind-to-free.yaml",
        usageHelpAutoWidth = true)
public final class Main implements Runnable {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command; the result is the exit code. */
    static int run(String... arguments) {
        CommandLine line = commandLine(arguments);
        PrintWriter out = new PrintWriter(System.out, true);
        line.setOut(out);
        try {
            return line.execute(arguments);
        } catch (Error e) { // no memory left, endless recursion: nothing that a command expects
            return Failures.report(e, line.getErr());
        } finally {
            out.flush();
        }
    }

    /** Has the command that is asked for, or all of them if that is not clear. */
    static CommandLine commandLine(String... arguments) {
        CommandLine line = new CommandLine(new Main());
        Commands asked = arguments.length == 0 ? null : Commands.named(arguments[0]);
        if (asked != null) {
            asked.addTo(line);
        } else {
            for (Commands command : Commands.values()) {
                command.addTo(line);
            }
        }
        Failures failures = new Failures();
        return line.setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }
}
