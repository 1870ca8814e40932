package svasim.explore;

import java.time.Duration;
import java.util.Set;

/**
 * How schedules are searched.
 *
 * @param method which ones are tried
 * @param runs after which the search is given up
 * @param depth deviations at most of an exhaustive search; orders that it takes, of priorities
 * @param jobs runs at once; what is found does not depend on it
 * @param limit time after which the search is given up; null for none
 * @param sites names of the choice points that may differ from the plain run; empty for all
 */
public record Search(
        Method method, int runs, int depth, int jobs, Duration limit, Set<String> sites) {
    public Search {
        sites = Set.copyOf(sites);
    }

    public Search(Method method, int runs, int depth, int jobs, Duration limit) {
        this(method, runs, depth, jobs, limit, Set.of());
    }

    /** Which schedules are tried. */
    public enum Method {
        /** Random deviations and priorities in turn. */
        MIXED,
        RANDOM,
        PRIORITY,
        EXHAUSTIVE
    }

    /** Names of all choice points that there are. */
    public static Set<String> knownSites() {
        return SiteWords.names();
    }

    /** A search by one thread, without a limit of time. */
    public static Search of(Method method, int runs, int depth) {
        return new Search(method, runs, depth, 1, null);
    }

    /** The same, but only the choice points of these names may differ from the plain run. */
    public Search only(Set<String> names) {
        return new Search(method, runs, depth, jobs, limit, names);
    }
}
