/**
 * Measures the simulator: the kernel's workloads, one line per point, in the form that peers' lines
 * have. Nothing depends on this module.
 */
package svasim.bench;
