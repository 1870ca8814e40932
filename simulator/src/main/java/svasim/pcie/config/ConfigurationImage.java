package svasim.pcie.config;

import static java.util.Collections.unmodifiableMap;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the configuration space of a certain device says beside what every function of its
 * capabilities says.
 *
 * @param words read-only values of 32 bits, by their offset: numbers of vendor and device, class,
 *     and capabilities that are not modelled
 * @param places offset of each extended capability, by its ID; further ones go behind the last
 * @param foreign version of those extended capabilities that are not modelled, by their ID
 */
public record ConfigurationImage(
        Map<Integer, Integer> words, Map<Integer, Integer> places, Map<Integer, Integer> foreign) {
    /** Of a device that is none in particular. */
    public static final ConfigurationImage NONE =
            new ConfigurationImage(Map.of(), Map.of(), Map.of());

    public ConfigurationImage {
        words = unmodifiableMap(new TreeMap<>(words));
        places = unmodifiableMap(new TreeMap<>(places));
        foreign = unmodifiableMap(new TreeMap<>(foreign));
    }
}
