/**
 * Explains a scenario without running its programs: where each value comes from, and what a bind
 * needs of the machine.
 */
package svasim.explain;
