/**
 * Simulated time: picosecond clock, deterministic event queue, random streams by name, choice
 * points.
 *
 * <p>Events run in the order of (time, order of scheduling), always. What may differ between runs
 * is lateness and preemption, and only where a part asks {@link svasim.kernel.Kernel#pick}.
 */
package svasim.kernel;
