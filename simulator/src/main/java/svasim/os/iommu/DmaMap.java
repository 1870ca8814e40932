package svasim.os.iommu;

import svasim.cpu.Cpu;
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

    private final UnitSite site;
    private final DmaBuffer buffer;
    private final DmaDomain domain;
    private long iova;
    private int done;

    private DmaMap(UnitSite site, DmaDomain domain, DmaBuffer buffer) {
        this.site = site;
        this.domain = domain;
        this.buffer = buffer;
    }

    static Call<?> call(UnitSite site, DmaDomain domain, DmaBuffer buffer) {
        return new Call<>(MAP, new DmaMap(site, domain, buffer));
    }

    private Next allocate(Cpu cpu) {
        buffer.allocate(site.frames(), site.owner());
        iova = domain.addresses().allocate(buffer.bytes());
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
