/**
 * What the operating system does with an IOMMU, whichever it is: devices and their PASID, ATS and
 * PRI capabilities, the driver of one unit as the rest sees it, I/O page faults in groups with one
 * response each, and the DMA API. Sequences of one architecture live in packages below.
 */
package svasim.os.iommu;
