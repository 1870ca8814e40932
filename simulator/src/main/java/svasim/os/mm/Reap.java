package svasim.os.mm;

import java.util.Iterator;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * __oom_reap_task_mm: takes the private memory of a victim away before its threads have come to
 * their end. From then on faults in it fail, of cores and of devices.
 */
public final class Reap {
    private static final Procedure<Reap> REAP =
            Procedure.<Reap>named("__oom_reap_task_mm")
                    .sleeping("take mmap_lock", 40_000, Reap::lock)
                    .sleeping("next VMA", 100_000, Reap::nextVma)
                    .step("unmap_page_range", 200_000, Reap::unmap)
                    .step("tlb_finish_mmu", 50_000, Reap::flush)
                    .step("free pages", 100_000, Reap::free)
                    .sleeping("release mmap_lock", 40_000, Reap::unlock)
                    .build();

    private final Mm mm;
    private final Gather gather = new Gather();
    private Iterator<Vma> vmas;
    private Vma vma;

    private Reap(Mm mm) {
        this.mm = mm;
    }

    /** The caller holds mm_users or mm_count. */
    public static Call<?> call(Mm mm) {
        return new Call<>(REAP, new Reap(mm));
    }

    private Next lock(Cpu cpu) {
        if (mm.life() != Mm.Life.ALIVE) {
            return Next.DONE;
        }
        return mm.lock().read(this);
    }

    private Next nextVma(Cpu cpu) {
        mm.unstable();
        vmas = vmas == null ? mm.vmas().all().iterator() : vmas;
        if (!vmas.hasNext()) {
            return Next.jump("release mmap_lock");
        }
        vma = vmas.next();
        return vma.isAnonymous() || vma.isCopyOnWrite() ? Next.ON : Next.AGAIN;
    }

    private Next unmap(Cpu cpu) {
        if (mm.tableLock().isTaken()) {
            return Next.AGAIN;
        }
        Unmapping.unmap(mm, vma, cpu, gather);
        return Next.ON;
    }

    private Next flush(Cpu cpu) {
        return Next.call(TlbFlush.of(mm, vma.start(), vma.end()));
    }

    private Next free(Cpu cpu) {
        gather.free(mm);
        return Next.jump("next VMA");
    }

    private Next unlock(Cpu cpu) {
        mm.lock().give(this);
        return Next.DONE;
    }
}
