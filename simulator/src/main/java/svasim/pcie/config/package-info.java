/**
 * Configuration space of a function: the PCI Express capability as far as it matters to DMA, and
 * the extended capabilities ATS, PRI and PASID, bit by bit (PCI Express Base 5.0, chapter 7 and
 * 10.5; layouts after Linux {@code pci_regs.h}). Left out: everything that has no effect on address
 * translation, such as power management and error reporting.
 */
package svasim.pcie.config;
