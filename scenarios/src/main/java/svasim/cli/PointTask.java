package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import svasim.binding.InvalidInput;
import svasim.binding.Place;
import svasim.run.MachineAssembly;
import svasim.run.Runner;
import svasim.scenario.ScenarioFile;
import svasim.sweep.Plan;
import svasim.sweep.Point;
import svasim.sweep.PointResult;
import svasim.sweep.PointRun;
import svasim.sweep.Store;

/** {@code run --point PLAN:N}: one point of a plan, as a task of Slurm runs it. */
final class PointTask {
    private PointTask() {}

    /**
     * @param where plan and number, with a colon between
     * @return the exit code
     */
    static int run(String where, PrintWriter print) throws IOException {
        int colon = where.lastIndexOf(':');
        if (colon < 1 || !where.substring(colon + 1).matches("[0-9]{1,9}")) {
            throw new InvalidInput(
                    Place.whole("--point " + where),
                    "",
                    "no number of a point",
                    "expected PLAN:N, such as plan.jsonl:0");
        }
        int number = Integer.parseInt(where.substring(colon + 1));
        Plan plan = Plan.read(Path.of(where.substring(0, colon)), number);
        Point point = plan.points().get(0);
        Store store = Store.open(plan.out());
        boolean known = store.has(point.hash());
        try (Interruption interruption = new Interruption()) {
            PointRun run =
                    new PointRun(
                            new Runner(new MachineAssembly()),
                            ScenarioFile.read(plan.scenario()),
                            store,
                            machine -> interruption.stops(machine.kernel()));
            PointResult result = run.run(point);
            if (result == null) {
                return ExitCode.INTERRUPTED;
            }
            result.broken().forEach(line -> print.println("  " + line));
            print.printf(
                    "%s: %s, %d events%s%n",
                    point.title(),
                    result.good() ? "good" : "NOT GOOD",
                    result.events(),
                    known ? "; it was there already" : "");
            print.println("results in " + store.result(point.hash()));
            return exitCode(result);
        }
    }

    /** What a result ends with. */
    static int exitCode(PointResult result) {
        return switch (result.end()) {
            case QUIET -> result.good() ? ExitCode.GOOD : ExitCode.DIFFERENT;
            case TIME_LIMIT, EVENT_LIMIT -> ExitCode.LIMIT;
            case STOPPED -> ExitCode.INTERRUPTED;
        };
    }
}
