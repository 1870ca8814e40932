/**
 * AMD I/O virtualisation (AMD-Vi), after the project's reference amdvi.md, whose sections the
 * classes cite: device table, guest tables by PASID, host tables, nested; command buffer, event
 * log, page-request (PPR) log; ATS. Left out: interrupt remapping, the guest APIC log, second logs,
 * MARC apertures, SNP, the virtual IOMMU.
 */
package svasim.iommu.amdvi;
