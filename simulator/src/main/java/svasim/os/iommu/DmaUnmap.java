package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.LeafVisitor;

/**
 * dma_free_attrs: entries, caches of unit and device, addresses, pages. In a lazy domain caches and
 * addresses are left to the flush queue, and the pages go while the device may still reach them.
 */
final class DmaUnmap {
    private static final Procedure<DmaUnmap> UNMAP =
            Procedure.<DmaUnmap>named("dma_free_attrs")
                    .sleeping("iommu_unmap", 100_000, DmaUnmap::unmap)
                    .sleeping("iommu_iotlb_sync", 50_000, DmaUnmap::invalidate)
                    .sleeping("free pages", 200_000, DmaUnmap::free)
                    .build();

    private final UnitSite site;
    private final DmaDomains domains;
    private final DmaBuffer buffer;
    private final FlushQueue queue;

    private DmaUnmap(UnitSite site, DmaDomains domains, DmaBuffer buffer, FlushQueue queue) {
        this.site = site;
        this.domains = domains;
        this.buffer = buffer;
        this.queue = queue;
    }

    /**
     * @param queue null in a strict domain
     */
    static Call<?> call(UnitSite site, DmaDomains domains, DmaBuffer buffer, FlushQueue queue) {
        return new Call<>(UNMAP, new DmaUnmap(site, domains, buffer, queue));
    }

    private DmaDomain domain() {
        return domains.domain(buffer.device());
    }

    private Next unmap(Cpu cpu) {
        domain().editor(cpu).unmap(buffer.iova(), buffer.bytes(), LeafVisitor.NONE);
        return Next.ON;
    }

    private Next invalidate(Cpu cpu) {
        if (queue != null) {
            return Next.call(queue.add(buffer.iova()));
        }
        Block block = Block.covering(buffer.iova(), buffer.iova() + buffer.bytes());
        return Next.call(domains.invalidate(buffer.device(), block));
    }

    private Next free(Cpu cpu) {
        if (queue == null) {
            domain().addresses().free(buffer.iova());
        }
        buffer.free(site.frames());
        return Next.DONE;
    }
}
