package svasim.lesson.story;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import svasim.kernel.Choices;
import svasim.run.MachineAssembly;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.run.Simulation;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;

/** A shipped scenario that has been run with a recorder. */
record RecordedRun(Simulation simulation, Recorder recorder, RunResult result) {
    private static final int EVERYTHING = 1_000_000;

    /**
     * @param file below the folder of scenarios
     * @param profile instead of the scenario's own; empty for its own
     */
    static RecordedRun of(String file, String profile, String variant) throws IOException {
        return of(file, profile, variant, Window.first(EVERYTHING));
    }

    /** Only a part of it. */
    static RecordedRun of(String file, String profile, String variant, Window window)
            throws IOException {
        Map<String, String> sets =
                profile.isEmpty() ? Map.of() : Map.of("machine.profile", profile);
        List<Simulation> simulations = new ArrayList<>();
        List<Recorder> recorders = new ArrayList<>();
        RunResult result =
                new Runner(new MachineAssembly())
                        .run(
                                ScenarioFile.read(Home.scenarios().resolve(file))
                                        .bind(variant, sets),
                                0,
                                Choices.PLAIN,
                                simulation -> {
                                    Recorder recorder =
                                            new Recorder(
                                                    simulation.machine(),
                                                    Runner.namer(simulation),
                                                    Runner.sentences(simulation),
                                                    window);
                                    simulation.trace().add(recorder);
                                    simulations.add(simulation);
                                    recorders.add(recorder);
                                });
        return new RecordedRun(simulations.get(0), recorders.get(0), result);
    }

    Map<String, Object> story() {
        return recorder.plain();
    }
}
