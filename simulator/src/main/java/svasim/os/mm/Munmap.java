package svasim.os.mm;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** munmap(2): entries cleared, every TLB flushed, and only then pages freed and files dropped. */
final class Munmap {
    private static final Procedure<Munmap> DO_MUNMAP =
            Procedure.<Munmap>named("do_vmi_align_munmap")
                    .sleeping("take mmap_lock", 40_000, Munmap::lock)
                    .step("unmap_vmas", 200_000, Munmap::unmap)
                    .step("tlb_finish_mmu", 50_000, Munmap::flush)
                    .step("free pages", 100_000, Munmap::free)
                    .step("remove VMAs", 150_000, Munmap::removeVmas)
                    .sleeping("release mmap_lock", 40_000, Munmap::unlock)
                    .build();

    private final Mm mm;
    private final long start;
    private final long end;
    private final Gather gather = new Gather();
    private List<Vma> vmas;

    private Munmap(Mm mm, long start, long end) {
        this.mm = mm;
        this.start = start;
        this.end = end;
    }

    static Call<?> call(Mm mm, long start, long end) {
        return new Call<>(DO_MUNMAP, new Munmap(mm, start, end));
    }

    private Next lock(Cpu cpu) {
        return mm.lock().write(this);
    }

    private Next unmap(Cpu cpu) {
        Call<?> split = SplitHuge.atEdges(mm, start, end);
        if (split != null) {
            return new Next.EnterAgain(split);
        }
        if (mm.tableLock().isTaken()) {
            return Next.AGAIN;
        }
        vmas = mm.vmas().isolate(start, end);
        vmas.forEach(vma -> Unmapping.unmap(mm, vma, cpu, gather));
        return Next.ON;
    }

    private Next flush(Cpu cpu) {
        if (mm.platform().defects().has(Defect.I_55)) {
            gather.free(mm);
        }
        return Next.call(TlbFlush.of(mm, start, end));
    }

    private Next free(Cpu cpu) {
        gather.free(mm);
        return Next.ON;
    }

    private Next removeVmas(Cpu cpu) {
        vmas.forEach(mm.vmas()::remove);
        return Next.ON;
    }

    private Next unlock(Cpu cpu) {
        mm.lock().give(this);
        return Next.DONE;
    }
}
