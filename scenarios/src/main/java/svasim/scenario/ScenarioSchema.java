package svasim.scenario;

import java.util.Map;
import svasim.binding.Schema;

/**
 * JSON Schema of scenario files, composed from the records and the device models that are found.
 */
public final class ScenarioSchema {
    private ScenarioSchema() {}

    /** As a plain tree. */
    public static Map<String, Object> plain() {
        return Schema.of(Scenario.class, "svasim scenario", ScenarioExtensions.of(null));
    }
}
