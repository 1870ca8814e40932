package svasim.models.dmabench;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.DmaBuffer;
import svasim.os.mm.PageFault;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;
import svasim.paging.Access;

/**
 * A worker handles the faults of a card with a mirrored page table: it has the page made present as
 * for a core, maps it for the card, and writes the card's entry, unless something was removed from
 * the mirror meanwhile; then it begins anew.
 */
final class MirrorFault {
    private static final String READ = "read fault";
    private static final String BEGIN = "mmu_interval_read_begin";
    private static final String PUT = "mmput";

    private static final Procedure<MirrorFault> HANDLE =
            Procedure.<MirrorFault>named("dma_bench_fault")
                    .sleeping(READ, 100_000, MirrorFault::read)
                    .sleeping("mmget_not_zero", 50_000, MirrorFault::getMm)
                    .sleeping(BEGIN, 30_000, MirrorFault::begin)
                    .sleeping("hmm_range_fault", 100_000, MirrorFault::fault)
                    .sleeping("dma_map_page", 50_000, MirrorFault::map)
                    .step("mmu_interval_read_retry", 60_000, MirrorFault::install)
                    .sleeping("dma_unmap_page", 20_000, MirrorFault::undo)
                    .sleeping("begin anew", 0, (frame, cpu) -> Next.jump(BEGIN))
                    .sleeping(PUT, 50_000, MirrorFault::putMm)
                    .sleeping("next fault", 0, (frame, cpu) -> Next.jump(READ))
                    .build();

    private final DmaBenchDriver driver;
    private final CardMirror mirror;
    private final Node node;
    private long address;
    private int access;
    private long begun;
    private PageFault fault;
    private DmaBuffer page;

    private MirrorFault(DmaBenchDriver driver, CardMirror mirror) {
        this.driver = driver;
        this.mirror = mirror;
        this.node = driver.host().platform().references().node(driver.name() + " fault worker");
    }

    static Call<?> call(DmaBenchDriver driver, CardMirror mirror) {
        return new Call<>(HANDLE, new MirrorFault(driver, mirror));
    }

    private Next read(Cpu cpu) {
        long value = driver.read(cpu, CardRegister.FAULT);
        if (value == CardMmu.NO_FAULT) {
            return Next.DONE;
        }
        boolean write = (value & CardMmu.WRITE_FAULT) != 0;
        address = value & ~CardMmu.WRITE_FAULT;
        access = write ? Access.READ | Access.WRITE : Access.READ;
        return Next.ON;
    }

    private Next getMm(Cpu cpu) {
        if (mirror.mm().getUsersUnlessZero(node)) {
            return Next.ON;
        }
        answer(cpu, 0);
        return Next.jump(READ);
    }

    private Next begin(Cpu cpu) {
        begun = mirror.sequence();
        return Next.ON;
    }

    private Next fault(Cpu cpu) {
        fault = new PageFault(mirror.mm(), address, access);
        return Next.call(fault.call());
    }

    private Next map(Cpu cpu) {
        if (!fault.isResolved()) {
            answer(cpu, 0);
            return Next.jump(PUT);
        }
        if (begun != mirror.sequence()) {
            return Next.jump(BEGIN);
        }
        long frame = mirror.mm().physical(address);
        page = DmaBuffer.ofPages(driver.host().device(), List.of(frame));
        return Next.call(driver.host().dma().map(page));
    }

    /** Between the look and the store nobody can remove anything. */
    private Next install(Cpu cpu) {
        if (!page.isMapped()) {
            answer(cpu, 0);
            return Next.jump(PUT);
        }
        if (begun != mirror.sequence()) {
            return Next.ON;
        }
        long writable = (access & Access.WRITE) != 0 ? CardMmu.WRITABLE : 0;
        mirror.add(address, page);
        answer(cpu, page.iova() | CardMmu.VALID | writable);
        return Next.jump(PUT);
    }

    private Next undo(Cpu cpu) {
        return Next.call(driver.host().dma().unmap(page));
    }

    private Next putMm(Cpu cpu) {
        return Next.call(mirror.mm().putUsers(node));
    }

    private void answer(Cpu cpu, long entry) {
        driver.write(cpu, CardRegister.ENTRY_ADDRESS, address);
        driver.write(cpu, CardRegister.ENTRY, entry);
    }
}
