package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * dma_alloc_attrs: pages, device addresses, entries, and what the unit has to be told of them. Of
 * pages that somebody else owns, dma_map_page does the same but for the pages.
 */
final class DmaMap {
    /** Pages that are mapped in one step; their entries are as many bytes as eight cache lines. */
    private static final int BATCH = 64;

    private static final String MAP_NEXT = "iommu_map";
    private static final String SYNC = "iotlb_sync_map";

    private static final Procedure<DmaMap> MAP =
            Procedure.<DmaMap>named("dma_alloc_attrs")
                    .sleeping("allocate pages", 500_000, DmaMap::allocate)
                    .sleeping(MAP_NEXT, 50_000, DmaMap::mapNext)
                    .sleeping("clflush entries", 400_000, DmaMap::writeBack)
                    .sleeping(SYNC, 20_000, DmaMap::tellUnit)
                    .build();

    private static final Procedure<DmaMap> MAP_PAGES =
            Procedure.<DmaMap>named("dma_map_page")
                    .sleeping("allocate address", 60_000, DmaMap::allocate)
                    .sleeping(MAP_NEXT, 50_000, DmaMap::mapNext)
                    .sleeping("clflush entries", 400_000, DmaMap::writeBack)
                    .sleeping(SYNC, 20_000, DmaMap::tellUnit)
                    .build();

    private final DomainAccess access;
    private final DmaBuffer buffer;
    private final DmaDomain domain;
    private final int pageShift;
    private long iova;
    private long done;

    private DmaMap(DomainAccess access, DmaBuffer buffer) {
        this.access = access;
        this.buffer = buffer;
        this.domain = access.domain();
        this.pageShift = Math.min(buffer.pageShift(), domain.largestPageShift());
    }

    static Call<?> call(DomainAccess access, DmaBuffer buffer) {
        return new Call<>(buffer.isBorrowed() ? MAP_PAGES : MAP, new DmaMap(access, buffer));
    }

    /** Without pages or without addresses for them the buffer stays unmapped (-ENOMEM). */
    private Next allocate(Cpu cpu) {
        if (!buffer.fits(access.frames())) {
            return Next.DONE;
        }
        iova = domain.addresses().allocate(cpu.number(), buffer.bytes());
        if (iova == IovaSpace.NONE) {
            return Next.DONE;
        }
        buffer.allocate(access.frames(), access.site().owner());
        return Next.ON;
    }

    private Next mapNext(Cpu cpu) {
        long end = Math.min(done + ((long) BATCH << pageShift), buffer.bytes());
        for (; done < end; done += 1L << pageShift) {
            domain.map(cpu, iova + done, buffer.physical(done), pageShift);
        }
        return domain.isCoherent() ? next() : Next.ON;
    }

    /** Where the unit does not look into the caches of the cores. */
    private Next writeBack(Cpu cpu) {
        return next();
    }

    private Next next() {
        if (done < buffer.bytes()) {
            return Next.jump(MAP_NEXT);
        }
        buffer.mapped(iova);
        return access.toldOfNew() ? Next.jump(SYNC) : Next.DONE;
    }

    private Next tellUnit(Cpu cpu) {
        return Next.call(access.invalidate(buffer));
    }
}
