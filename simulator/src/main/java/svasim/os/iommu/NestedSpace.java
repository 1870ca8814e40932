package svasim.os.iommu;

/**
 * Tables of a guest over the second stage of its virtual machine: what a PASID shows that a guest
 * uses, where the host owns the PASID table.
 *
 * @param id number in the trace, the same for no two address spaces
 * @param root guest-physical address of the top table
 */
public record NestedSpace(int id, String name, long root, SecondStage stage)
        implements GuestSpace {}
