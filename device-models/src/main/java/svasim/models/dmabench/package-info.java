/**
 * A card that measures memory accesses through PCI Express, after pcie-bench (Neugebauer et al.:
 * Understanding PCIe performance for end host networking, SIGCOMM 2018): random accesses of one
 * size in a window of memory, one or more at a time, with a histogram of their latency. The window
 * is memory of the DMA API or a buffer of a process. Left out: access patterns other than random,
 * and the card's own processor.
 */
package svasim.models.dmabench;
