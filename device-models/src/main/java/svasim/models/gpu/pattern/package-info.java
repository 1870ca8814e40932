/**
 * What the lanes of a wavefront read and write for each kernel, and what must come out of it:
 * kernels have real results, so that a run can be checked.
 */
package svasim.models.gpu.pattern;
