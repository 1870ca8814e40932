/**
 * The memory of a discrete GPU: bytes behind a BAR with a latency and a bandwidth; the device's own
 * translations to it, which the driver writes; the engine that copies pages across the link; and
 * the port that decides whether an access stays in the device or goes to the IOMMU (ATS). The
 * tables of the device are not in memory: an entry that misses its caches costs a walk of four
 * reads.
 */
package svasim.models.gpu.local;
