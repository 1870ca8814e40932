package svasim.memory;

/** What a frame of memory is used for. */
public enum FrameUse {
    FREE,
    /** Contents of a process. */
    PAGE,
    /** Paging structure of a process or of a domain of the DMA API. */
    PAGE_TABLE,
    /** Root, context, PASID, stream, device table or another structure that an IOMMU reads. */
    IOMMU_TABLE,
    /** Structure other than page tables that cores read by themselves. */
    CPU_TABLE,
    /** Ring between software and an IOMMU. */
    QUEUE,
    /** Memory of a driver that a device reads or writes. */
    DRIVER,
    /** Contents of memory that the kernel maps for itself (vmalloc). */
    KERNEL,
    /** Memory of a virtual machine; what it is used for there, the guest knows. */
    GUEST
}
