/**
 * What all IOMMUs do alike: requests and outcomes, tagged caches, the walk engine, queues in
 * memory, fault bookkeeping, page-request groups, waits for completion. Uses the words of PCI
 * Express; layouts, codes and rules of one architecture live in its own package.
 */
package svasim.iommu.core;
