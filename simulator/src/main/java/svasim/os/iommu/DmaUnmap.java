package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

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

    private final RemappingUnit<?> unit;
    private final DmaBuffer buffer;
    private final DmaDomain domain;
    private final FlushQueue queue;

    private DmaUnmap(RemappingUnit<?> unit, DmaBuffer buffer, FlushQueue queue) {
        this.unit = unit;
        this.buffer = buffer;
        this.domain = buffer.device().group().dma();
        this.queue = queue;
    }

    /**
     * @param queue null in a strict domain
     */
    static Call<?> call(RemappingUnit<?> unit, DmaBuffer buffer, FlushQueue queue) {
        return new Call<>(UNMAP, new DmaUnmap(unit, buffer, queue));
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
        Block block = Block.covering(buffer.iova(), buffer.iova() + buffer.bytes());
        return Next.call(unit.invalidate(buffer.device().group(), block));
    }

    private Next free(Cpu cpu) {
        if (queue == null) {
            domain.addresses().free(cpu.number(), buffer.iova(), buffer.bytes());
        }
        buffer.free(unit.site().frames());
        return Next.DONE;
    }
}
