package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.DmaBuffer;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.LeafVisitor;

/** dma_free_attrs: entries, caches of unit and device, and only then pages. */
final class DmaUnmap {
    private static final Procedure<DmaUnmap> UNMAP =
            Procedure.<DmaUnmap>named("dma_free_attrs")
                    .sleeping("iommu_unmap", 100_000, DmaUnmap::unmap)
                    .sleeping("iommu_iotlb_sync", 50_000, DmaUnmap::invalidate)
                    .sleeping("free pages", 200_000, DmaUnmap::free)
                    .build();

    private final Unit unit;
    private final DmaBuffer buffer;
    private final DeviceState state;
    private final DmaDomain domain;

    private DmaUnmap(Unit unit, DmaBuffer buffer) {
        this.unit = unit;
        this.buffer = buffer;
        this.state = unit.state(buffer.device());
        this.domain = state.domain();
    }

    static Call<?> call(Unit unit, DmaBuffer buffer) {
        return new Call<>(UNMAP, new DmaUnmap(unit, buffer));
    }

    private Next unmap(Cpu cpu) {
        domain.editor(cpu).unmap(buffer.iova(), buffer.bytes(), LeafVisitor.NONE);
        return Next.ON;
    }

    private Next invalidate(Cpu cpu) {
        Block block = Block.covering(buffer.iova(), buffer.iova() + buffer.bytes());
        List<Descriptor> descriptors = new ArrayList<>();
        descriptors.add(iotlb(block));
        if (state.hasDeviceTlb()) {
            descriptors.add(state.deviceTlb(block));
        }
        return Next.call(unit.queue().submit(descriptors));
    }

    private Descriptor iotlb(Block block) {
        if (!domain.usesSecondStage()) {
            return Descriptor.pasidIotlb(domain.id(), 0, block);
        }
        return block.order() <= unit.capabilities().maxAddressMask()
                ? Descriptor.iotlb(domain.id(), block)
                : Descriptor.iotlbDomain(domain.id());
    }

    private Next free(Cpu cpu) {
        buffer.free(unit.frames());
        return Next.DONE;
    }
}
