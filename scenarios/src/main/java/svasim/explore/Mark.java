package svasim.explore;

import svasim.kernel.Site;

/**
 * A place of a run where it left the plain run.
 *
 * @param before observations that had been made
 * @param cause observation that led to the question, or 0
 */
record Mark(Site site, int answer, int before, long cause, long timePs) {}
