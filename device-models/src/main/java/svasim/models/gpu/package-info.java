/**
 * The model {@code gpu}: compute units that run access patterns in wavefronts, with queues in the
 * memory of processes, translation caches in each unit, and faults that stall or are retried.
 */
package svasim.models.gpu;
