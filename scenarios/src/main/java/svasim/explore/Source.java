package svasim.explore;

import svasim.kernel.Site;

/**
 * Who asks: a choice point about one lane.
 *
 * @param site the choice point
 * @param lane name of the lane whose course is asked about
 */
public record Source(Site site, String lane) {}
