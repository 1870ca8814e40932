package svasim.lesson;

import java.util.List;
import java.util.Map;

/**
 * What a user wants of a lesson.
 *
 * @param profiles machines, instead of those that the file names; empty for the file's
 * @param sets values that win over those of the file
 * @param from where to begin; null for where it matters
 */
public record Wish(long seed, List<String> profiles, Map<String, String> sets, From from) {
    /** The lesson as its file has it. */
    public static Wish plain(long seed) {
        return new Wish(seed, List.of(), Map.of(), null);
    }
}
