package svasim.os.iommu;

/**
 * A page request as software found it in a queue.
 *
 * @param pasid {@code PasidPrefix.NONE} without
 * @param access wanted bits of {@link svasim.paging.Access}
 * @param index of the group, 0 to 511
 * @param last whether the group is complete with this request and wants its response
 */
public record PageRequest(
        PciDevice device, int pasid, long address, int access, int index, boolean last) {}
