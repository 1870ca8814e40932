/**
 * Looks for a schedule that breaks an invariant: runs the same scenario again and again with other
 * answers at the choice points, shrinks what fails to the fewest deviations from the plain run, and
 * tells it as a story.
 */
package svasim.explore;
