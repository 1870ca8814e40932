/**
 * The driver of a virtio-iommu: requests through a split virtqueue in memory, polled; fault reports
 * through a second one with an interrupt. Messages are those of the project's reference
 * virtio-iommu.md, the transport is the memory-mapped one; names of steps are those of Linux
 * (virtio-iommu), from general knowledge.
 *
 * <p>Mappings are made by messages only. The published device has no page-table attachment, no
 * PASIDs and no page requests, so that no address space of a process can be shared.
 */
package svasim.os.iommu.virtio;
