package svasim.run;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import svasim.scenario.BoundScenario;
import svasim.scenario.ScenarioFile;

/** Scenarios for the {@link ToyMachine}. */
public final class Toys {
    private static final String HEAD =
            "svasim: 1\ntitle: Toy\nprocesses: {app: {buffers: {src: {}, dst: {}, other: {}, gone: {}}}}\n";

    private Toys() {}

    /** A scenario with further lines. */
    public static BoundScenario scenario(String more) {
        return file(more).bind(ScenarioFile.ONLY, Map.of());
    }

    public static ScenarioFile file(String more) {
        return ScenarioFile.of("toy.yaml", (HEAD + more).getBytes(StandardCharsets.UTF_8));
    }
}
