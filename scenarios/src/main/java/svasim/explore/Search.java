package svasim.explore;

import java.time.Duration;

/**
 * How schedules are searched.
 *
 * @param method which ones are tried
 * @param runs after which the search is given up
 * @param depth deviations at most of an exhaustive search; orders that it takes, of priorities
 * @param jobs runs at once; what is found does not depend on it
 * @param limit time after which the search is given up; null for none
 */
public record Search(Method method, int runs, int depth, int jobs, Duration limit) {
    /** Which schedules are tried. */
    public enum Method {
        /** Random deviations and priorities in turn. */
        MIXED,
        RANDOM,
        PRIORITY,
        EXHAUSTIVE
    }

    /** A search by one thread, without a limit of time. */
    public static Search of(Method method, int runs, int depth) {
        return new Search(method, runs, depth, 1, null);
    }
}
