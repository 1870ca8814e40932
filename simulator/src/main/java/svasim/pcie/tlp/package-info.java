/**
 * Transaction layer packets as immutable records and as bytes (PCI Express Base Specification,
 * chapter 2; the address-translation messages of chapter 10), independent of links and ports.
 */
package svasim.pcie.tlp;
