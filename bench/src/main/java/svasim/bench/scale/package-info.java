/**
 * How the simulator grows: machines with many PASIDs, functions, units, processes, touched pages or
 * events, and what each of them costs to set up, to keep and to use.
 */
package svasim.bench.scale;
