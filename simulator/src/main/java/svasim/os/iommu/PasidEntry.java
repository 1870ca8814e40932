package svasim.os.iommu;

import svasim.os.mm.AddressSpace;
import svasim.pcie.tlp.PasidPrefix;

/**
 * One entry of a device's PASID table: the device, the number, whose address space it shows.
 *
 * @param pasid {@link #NO_PASID} for what requests without PASID use
 */
public record PasidEntry(PciDevice device, int pasid, AddressSpace space) {
    /** Number of the entry of requests without PASID (IOMMU_NO_PASID). */
    public static final int NO_PASID = 0;

    /** Whether the function as a whole is given to the address space. */
    public boolean isWholeFunction() {
        return pasid == NO_PASID;
    }

    /** What the device's requests for the entry carry; {@code PasidPrefix.NONE} for nothing. */
    public int requestPasid() {
        return isWholeFunction() ? PasidPrefix.NONE : pasid;
    }
}
