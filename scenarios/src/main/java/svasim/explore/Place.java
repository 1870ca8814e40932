package svasim.explore;

import svasim.kernel.Site;

/**
 * A choice point in the course of a run. Occurrences are counted for each lane by itself, so that a
 * place keeps its name when another lane takes another course.
 *
 * @param site the choice point
 * @param lane name of the lane whose course is asked about
 * @param occurrence how often the site had asked about the lane before, from 0
 */
public record Place(Site site, String lane, long occurrence) {
    /** As {@link Schedule#parse} reads it. */
    @Override
    public String toString() {
        return site.name() + "@" + lane + "#" + occurrence;
    }
}
