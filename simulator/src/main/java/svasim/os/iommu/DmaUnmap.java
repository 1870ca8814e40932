package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * dma_free_attrs: entries, caches of unit and device, addresses, pages; dma_unmap_page is the same
 * without the pages. In a lazy domain caches and addresses are left to the flush queue, and the
 * pages go while the device may still reach them.
 */
final class DmaUnmap {
    private static final Procedure<DmaUnmap> UNMAP =
            Procedure.<DmaUnmap>named("dma_free_attrs")
                    .sleeping("iommu_unmap", 100_000, DmaUnmap::unmap)
                    .sleeping("iommu_iotlb_sync", 50_000, DmaUnmap::invalidate)
                    .sleeping("free pages", 200_000, DmaUnmap::free)
                    .build();

    private static final Procedure<DmaUnmap> UNMAP_PAGES =
            Procedure.<DmaUnmap>named("dma_unmap_page")
                    .sleeping("iommu_unmap", 100_000, DmaUnmap::unmap)
                    .sleeping("iommu_iotlb_sync", 50_000, DmaUnmap::invalidate)
                    .sleeping("free address", 50_000, DmaUnmap::free)
                    .build();

    private final DomainAccess access;
    private final DmaBuffer buffer;
    private final DmaDomain domain;
    private final FlushQueue queue;

    private DmaUnmap(DomainAccess access, DmaBuffer buffer, FlushQueue queue) {
        this.access = access;
        this.buffer = buffer;
        this.domain = access.domain();
        this.queue = queue;
    }

    /**
     * @param queue null in a strict domain
     */
    static Call<?> call(DomainAccess access, DmaBuffer buffer, FlushQueue queue) {
        return new Call<>(
                buffer.isBorrowed() ? UNMAP_PAGES : UNMAP, new DmaUnmap(access, buffer, queue));
    }

    private Next unmap(Cpu cpu) {
        domain.removeOnDemand(buffer);
        domain.unmap(cpu, buffer.iova(), buffer.bytes());
        return Next.ON;
    }

    private Next invalidate(Cpu cpu) {
        if (queue != null) {
            return Next.call(queue.add(cpu.number(), buffer.iova(), buffer.bytes()));
        }
        return Next.call(access.invalidate(buffer));
    }

    private Next free(Cpu cpu) {
        if (queue == null) {
            domain.addresses().free(cpu.number(), buffer.iova(), buffer.bytes());
        }
        buffer.free(access.frames());
        return Next.DONE;
    }
}
