/**
 * virtio-iommu: a paravirtual IOMMU whose mappings software makes by messages through a virtqueue,
 * after the project's reference virtio-iommu.md, whose source are the virtio specification (IOMMU
 * device) and the Linux interface header. Registers are those of the virtio memory-mapped
 * transport, version 2, and the queues split virtqueues (general knowledge of virtio 1.2, 4.2.2 and
 * 2.7). Endpoints are requester IDs.
 *
 * <p>Left out: indirect descriptors, packed queues, event indices, and everything that exists in
 * drafts only: page tables, PASIDs, page requests. There is no ATS.
 */
package svasim.iommu.virtio;
