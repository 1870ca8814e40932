/**
 * Comparisons: one scenario on several machines side by side, and the statistics of two run
 * directories.
 */
package svasim.compare;
