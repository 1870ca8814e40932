/**
 * The PCI Express side of a device: a function with configuration space and BARs, a DMA engine with
 * tags and time-outs, an address translation cache (ATC) and the page request interface (PCI
 * Express Base 5.0, chapter 10). Device models sit on top of {@link svasim.pcie.endpoint.Function}
 * and {@link svasim.pcie.endpoint.Dma} and never see a TLP. Left out: several traffic classes.
 */
package svasim.pcie.endpoint;
