/**
 * Whole accesses through the whole machine: cards read at random through their link, the root port,
 * the IOMMU with its tables in memory, and back. The patterns are those by which the bare queues of
 * other simulators are compared; here packets, PASIDs, tables, caches and credits are real.
 */
package svasim.bench.chain;
