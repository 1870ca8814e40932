package svasim.sweep;

import java.nio.file.Path;
import java.util.Map;

/**
 * One point with what was measured.
 *
 * @param scenario name of the file
 * @param folder of the run
 * @param values statistics by name
 */
record Row(
        String scenario, Point point, Path folder, PointResult result, Map<String, Long> values) {
    /** Equal for points that differ in the seed only. */
    Setting setting() {
        return new Setting(scenario, point.variant(), point.keys());
    }

    /** All that a point is but its seed. */
    record Setting(String scenario, String variant, Map<String, String> keys) {}
}
