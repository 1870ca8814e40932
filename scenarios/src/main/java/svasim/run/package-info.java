/**
 * Runs scenarios: builds the machine, listens, stops at the limits, compares what was expected, and
 * writes the run directory. The same scenario and seed give the same bytes in every file but {@code
 * run.json}.
 */
package svasim.run;
