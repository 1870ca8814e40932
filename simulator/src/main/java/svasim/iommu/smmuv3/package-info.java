/**
 * Arm SMMUv3: the Non-secure programming interface with both stages, substreams, stalls, ATS and
 * PRI, after the Arm System Memory Management Unit architecture version 3 (IHI 0070 G.b), whose
 * section names the classes use. StreamID is the requester ID, SubstreamID the PASID.
 *
 * <p>Left out: Secure, Realm and Root state, AArch32 and 128-bit descriptors, memory types besides
 * what S2PTW asks of them, partitions (MPAM) besides fetching their map, device permission tables,
 * extra command queues and address translation operations. The level hint of invalidations is not
 * used, prefetch commands do nothing.
 */
package svasim.iommu.smmuv3;
