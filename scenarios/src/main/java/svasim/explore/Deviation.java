package svasim.explore;

/**
 * One answer that differs from the plain run.
 *
 * @param site name of the choice point
 * @param occurrence how often the site had asked before, from 0
 * @param answer 1 or more
 */
public record Deviation(String site, long occurrence, int answer) {
    /** As {@link Schedule#parse} reads it. */
    @Override
    public String toString() {
        return site + "#" + occurrence + "=" + answer;
    }
}
