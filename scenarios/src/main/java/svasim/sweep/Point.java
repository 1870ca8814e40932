package svasim.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.scenario.BoundScenario;
import svasim.scenario.ScenarioFile;

/**
 * One point of a sweep.
 *
 * @param number from 0, in the order of the plan
 * @param variant of the file
 * @param keys value of each key that is swept or set
 * @param seed of every random stream
 * @param hash of the effective configuration, the seed and the program
 */
public record Point(int number, String variant, Map<String, String> keys, long seed, String hash) {
    public Point {
        keys = new LinkedHashMap<>(keys);
    }

    /** The scenario at this point. */
    BoundScenario bind(ScenarioFile file) {
        return file.bind(variant, keys);
    }

    /**
     * What tells results apart: every value that has an effect, the seed and what runs them.
     *
     * @param program fingerprint of the program
     */
    static String hash(BoundScenario scenario, long seed, String program) {
        Digest digest = new Digest();
        digest.add("program " + program + "\nseed " + seed + "\n");
        digest.add(scenario.effective());
        return digest.hex();
    }

    /** For messages: {@code point 3 (fixed, machine.iommu.iotlb.sets=8, seed 2)}. */
    public String title() {
        StringBuilder title = new StringBuilder("point ").append(number).append(" (");
        if (!variant.isEmpty()) {
            title.append(variant).append(", ");
        }
        keys.forEach((key, value) -> title.append(key).append('=').append(value).append(", "));
        return title.append("seed ").append(seed).append(')').toString();
    }
}
