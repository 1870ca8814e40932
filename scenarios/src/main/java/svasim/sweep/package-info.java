/**
 * Sweeps: one scenario at many points, each a variant, a value for each key that is swept, and a
 * seed.
 *
 * <p>{@link svasim.sweep.Axis} reads what the user writes, {@link svasim.sweep.Grid} makes points
 * of it, {@link svasim.sweep.Plan} is the list of points as a file. {@link svasim.sweep.Store}
 * keeps one run directory for each effective configuration, named by its hash, so that a point that
 * has ended is not run again; {@link svasim.sweep.PointRun} fills it, in this process or in a task
 * of Slurm. {@link svasim.sweep.Collected} puts the results together again.
 */
package svasim.sweep;
