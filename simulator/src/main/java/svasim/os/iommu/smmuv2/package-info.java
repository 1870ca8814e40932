/**
 * The driver of an SMMUv2, whose tables are registers: stream mapping, context banks, TLB
 * maintenance with synchronisation, fault interrupts. Sequences are those of Linux (arm-smmu), from
 * general knowledge, on the registers of the project's reference smmuv2.md.
 *
 * <p>Linux shares no page tables of processes behind an SMMUv2. How it has to look there is fixed
 * by the hardware: without substreams a function is given to one process as a whole, each process
 * has a context bank, and a missing page stalls the transaction until software resumes it.
 */
package svasim.os.iommu.smmuv2;
