package svasim.explore;

import svasim.kernel.Site;

/**
 * A question in the course of a run. Occurrences are counted for each source by itself, so that a
 * place keeps its name when another lane takes another course.
 *
 * @param occurrence how often the source had asked before, from 0
 */
public record Place(Source source, long occurrence) {
    /** The choice point. */
    Site site() {
        return source.site();
    }

    /** Name of the lane whose course is asked about. */
    String lane() {
        return source.lane();
    }

    /** As {@link Schedule#parse} reads it. */
    @Override
    public String toString() {
        return site().name() + "@" + lane() + "#" + occurrence;
    }
}
