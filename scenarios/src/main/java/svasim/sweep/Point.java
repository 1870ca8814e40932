package svasim.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
 * @param hash of the effective configuration and the seed
 */
public record Point(int number, String variant, Map<String, String> keys, long seed, String hash) {
    private static final int HASH_BYTES = 16;

    public Point {
        keys = new LinkedHashMap<>(keys);
    }

    /** The scenario at this point. */
    BoundScenario bind(ScenarioFile file) {
        return file.bind(variant, keys);
    }

    /** What tells configurations apart: every value that has an effect, and the seed. */
    static String hash(BoundScenario scenario, long seed) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(("seed " + seed + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(scenario.effective().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
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
