package svasim.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import svasim.binding.InvalidInput;
import svasim.binding.Place;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.run.RunDirectory;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.run.Simulation;
import svasim.scenario.BoundScenario;
import svasim.scenario.ScenarioFile;

/** Runs points of one scenario file, each once. */
public final class PointRun {
    private final Runner runner;
    private final ScenarioFile file;
    private final Store store;
    private final Consumer<Simulation> attach;

    /**
     * @param attach is given each machine before it starts
     */
    public PointRun(Runner runner, ScenarioFile file, Store store, Consumer<Simulation> attach) {
        this.runner = runner;
        this.file = file;
        this.store = store;
        this.attach = attach;
    }

    /**
     * The result of a point: the one that is there, or that of a new run.
     *
     * @return null if the run was stopped; what it has measured is in a folder marked as partial
     * @throws InvalidInput if the scenario or the program is not what it was when the plan was made
     */
    public PointResult run(Point point) throws IOException {
        if (!store.has(point.hash()) && !store.make(point.hash(), part -> make(point, part))) {
            return null;
        }
        return PointResult.read(store.result(point.hash()));
    }

    private boolean make(Point point, Path part) throws IOException {
        BoundScenario scenario = point.bind(file);
        if (!Point.hash(scenario, point.seed(), Program.FINGERPRINT).equals(point.hash())) {
            throw new InvalidInput(
                    Place.whole(file.name()),
                    "",
                    "not what it was when the plan was made, at " + point.title(),
                    "the scenario or svasim has changed since; make the plan again");
        }
        try (RunDirectory directory = RunDirectory.create(part, scenario, point.seed())) {
            try {
                RunResult result =
                        runner.run(
                                scenario,
                                point.seed(),
                                Choices.PLAIN,
                                machine -> {
                                    directory.attach(machine, List.of());
                                    attach.accept(machine);
                                });
                directory.finish(result);
                if (result.end() == Kernel.End.STOPPED) {
                    return false;
                }
                PointResult.write(part, result);
                return true;
            } catch (RuntimeException e) {
                directory.breakOff(e);
                throw e;
            }
        }
    }
}
