/**
 * Intel VT-d DMA remapping (Virtualization Technology for Directed I/O, revision 5.10 as accounted
 * for in the project's reference): legacy and scalable mode, first-stage, second-stage, nested and
 * pass-through translation, queued and register-based invalidation, fault recording, page requests.
 *
 * <p>Left out: interrupt remapping, protected memory regions, advanced fault log, performance
 * monitoring, host permission tables.
 */
package svasim.iommu.vtd;
