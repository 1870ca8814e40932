package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.replay.Capture;
import svasim.replay.Replay;
import svasim.replay.ReplayReport;
import svasim.replay.ReplayResult;

/** {@code svasim replay}. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Runs captures and conformance cases through the IOMMU models.",
        footer = "%nExit code 0 if every expectation holds and everything is supported.")
final class ReplayCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "CAPTURE",
            arity = "1..*",
            description = "A folder with unit.json and trace.txt(.gz), or a folder of such.")
    private List<Path> captures;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}", defaultValue = "TEXT")
    private Format format;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        boolean good = true;
        for (Path given : captures) {
            for (Path folder : Capture.find(given)) {
                ReplayResult result = Replay.run(Capture.read(folder));
                good &= result.good();
                out.println(
                        format == Format.JSON
                                ? ReplayReport.json(result)
                                : ReplayReport.text(result));
                out.flush();
            }
        }
        return good ? ExitCode.GOOD : ExitCode.DIFFERENT;
    }
}
