package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.memory.Frames;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** The DMA API of a machine without IOMMU: devices use physical addresses. */
public record DirectDma(Frames frames) implements DmaApi {
    private static final Procedure<Use> ALLOCATE =
            Procedure.<Use>named("dma_direct_alloc")
                    .sleeping("allocate pages", 500_000, Use::allocate)
                    .build();

    private static final Procedure<Use> FREE =
            Procedure.<Use>named("dma_direct_free")
                    .sleeping("free pages", 500_000, Use::free)
                    .build();

    private static final Procedure<Use> MAP =
            Procedure.<Use>named("dma_direct_map_page")
                    .sleeping("physical address", 10_000, Use::allocate)
                    .build();

    private static final Procedure<Use> UNMAP =
            Procedure.<Use>named("dma_direct_unmap_page")
                    .sleeping("nothing to undo", 10_000, Use::free)
                    .build();

    private record Use(DmaBuffer buffer, Frames frames) {
        Next allocate(Cpu cpu) {
            if (!buffer.fitsContiguously(frames)) {
                return Next.DONE;
            }
            buffer.allocateContiguous(frames, buffer.device().requesterId());
            buffer.mapped(buffer.physical(0));
            return Next.DONE;
        }

        Next free(Cpu cpu) {
            buffer.free(frames);
            return Next.DONE;
        }
    }

    @Override
    public Call<?> map(DmaBuffer buffer) {
        return new Call<>(buffer.isBorrowed() ? MAP : ALLOCATE, new Use(buffer, frames));
    }

    /** Physical addresses have to be there at once. */
    @Override
    public Call<?> mapOnDemand(DmaBuffer buffer) {
        return map(buffer);
    }

    @Override
    public Call<?> unmap(DmaBuffer buffer) {
        return new Call<>(buffer.isBorrowed() ? UNMAP : FREE, new Use(buffer, frames));
    }
}
