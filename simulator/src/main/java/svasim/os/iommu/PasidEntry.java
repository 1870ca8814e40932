package svasim.os.iommu;

import svasim.os.mm.Mm;

/** One entry of a device's PASID table: the device, the number, whose address space it shows. */
public record PasidEntry(PciDevice device, int pasid, Mm mm) {}
