package svasim.scenario;

import java.util.List;
import svasim.units.Require;

/**
 * Values that one key takes in turn.
 *
 * @param path path of the key that is changed, with dots
 * @param values values that it takes in turn, as they would stand in the file
 */
public record Sweep(String path, List<String> values) {
    public Sweep {
        Require.that(path != null, "path", path, "the path of a key, with dots");
        Require.that(values != null && !values.isEmpty(), "values", values, "a list of values");
    }
}
