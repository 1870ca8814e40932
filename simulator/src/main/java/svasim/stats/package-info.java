/**
 * Counters and latency histograms. Names are dotted paths with the unit last; each is registered
 * once, with a line of description that reports show.
 */
package svasim.stats;
