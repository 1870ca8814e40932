package svasim.explore;

import java.util.List;
import java.util.Set;

/**
 * What a search found.
 *
 * @param runs that were made
 * @param searched what can be said of the schedules that were tried, in lines
 * @param schedule shortest that fails, or null if none was found
 * @param failures what broke
 * @param story of the failing run; null if none was found
 * @param report of what broke, in lines
 */
public record Finding(
        int runs,
        List<String> searched,
        Schedule schedule,
        Set<String> failures,
        Telling story,
        List<String> report) {
    static Finding nothing(int runs, List<String> searched) {
        return new Finding(runs, searched, null, Set.of(), null, List.of());
    }
}
