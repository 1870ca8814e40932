package svasim.os.iommu.vtd;

import svasim.cpu.Cpu;
import svasim.os.iommu.DmaBuffer;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;
import svasim.paging.PageTableEditor;

/** dma_alloc_attrs: pages, device addresses, entries. */
final class DmaMap {
    /** Pages that are mapped in one step. */
    private static final int BATCH = 64;

    private static final Procedure<DmaMap> MAP =
            Procedure.<DmaMap>named("dma_alloc_attrs")
                    .sleeping("allocate pages", 500_000, DmaMap::allocate)
                    .sleeping("iommu_map", 50_000, DmaMap::mapNext)
                    .build();

    private final Unit unit;
    private final DmaBuffer buffer;
    private final DmaDomain domain;
    private long iova;
    private int done;

    private DmaMap(Unit unit, DmaBuffer buffer) {
        this.unit = unit;
        this.buffer = buffer;
        this.domain = unit.state(buffer.device()).domain();
    }

    static Call<?> call(Unit unit, DmaBuffer buffer) {
        return new Call<>(MAP, new DmaMap(unit, buffer));
    }

    private Next allocate(Cpu cpu) {
        buffer.allocate(unit.frames(), unit.owner());
        iova = domain.allocate(buffer.bytes(), buffer.pageShift());
        return Next.ON;
    }

    private Next mapNext(Cpu cpu) {
        PageTableEditor editor = domain.editor(cpu);
        for (int end = Math.min(done + BATCH, buffer.pages()); done < end; done++) {
            long offset = (long) done << buffer.pageShift();
            editor.map(
                    iova + offset,
                    buffer.physical(offset),
                    buffer.pageShift(),
                    Access.READ | Access.WRITE);
        }
        if (done < buffer.pages()) {
            return Next.AGAIN;
        }
        buffer.mapped(iova);
        return Next.DONE;
    }
}
