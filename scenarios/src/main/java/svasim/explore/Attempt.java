package svasim.explore;

import java.util.List;
import java.util.Set;

/**
 * One run.
 *
 * @param questions all that the run asked, or, if not all were wanted, those with another answer
 *     than in the plain run
 * @param schedule where it left the plain run
 * @param failures what broke; empty if all is well
 * @param report what broke, in words
 */
record Attempt(
        List<Question> questions, Schedule schedule, Set<String> failures, List<String> report) {
    boolean failed() {
        return !failures.isEmpty();
    }
}
