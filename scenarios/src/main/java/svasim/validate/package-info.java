/**
 * Compares simulated numbers with published ones: runs every variant of a scenario at every value
 * of its sweep and puts the results beside those of the source.
 */
package svasim.validate;
