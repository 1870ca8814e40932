/**
 * Intel VT-d DMA remapping (Virtualization Technology for Directed I/O, revision 5.10 as accounted
 * for in the project's reference): legacy and scalable mode, first-stage, second-stage, nested and
 * pass-through translation, queued and register-based invalidation, fault registers and fault log,
 * page requests, protected memory, host permission tables.
 *
 * <p>Left out: interrupt remapping, performance monitoring, the enhanced and virtual command
 * registers.
 */
package svasim.iommu.vtd;
