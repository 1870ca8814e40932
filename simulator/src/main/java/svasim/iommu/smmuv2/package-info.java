/**
 * Arm SMMUv2: stream matching or indexing to context banks, stage 1, stage 2 and both, faults that
 * terminate or stall. Everything but page tables is in registers; there are no substreams, no ATS
 * and no PRI, so that a process that shares its tables needs a context bank, and a stream, of its
 * own. Written after the project's reference smmuv2.md, whose source are the Linux and Xen drivers;
 * what is not sourced there is said to be general knowledge. The requester ID is the stream ID.
 *
 * <p>Left out: Secure state, hypervisor contexts, AArch32 tables (a bank without VA64 is an invalid
 * context), the performance monitor.
 */
package svasim.iommu.smmuv2;
