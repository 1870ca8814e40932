/**
 * Arm SMMUv3: the Non-secure programming interface with both stages, substreams, stalls, ATS and
 * PRI, after the Arm System Memory Management Unit architecture version 3 (IHI 0070 G.b), whose
 * section names the classes use. StreamID is the requester ID, SubstreamID the PASID.
 *
 * <p>Left out: Secure, Realm and Root state, AArch32 and 128-bit descriptors, big-endian tables,
 * memory types (S2PTW, FWB), MPAM, device permission tables, virtual structures, extra command
 * queues and address translation operations. Events are never merged, the level hint of
 * invalidations is not used, prefetch commands do nothing.
 */
package svasim.iommu.smmuv3;
