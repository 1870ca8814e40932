package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** mprotect(2): changes what mappings permit, in the tables and in every TLB. */
final class Mprotect {
    private static final Procedure<Mprotect> MPROTECT =
            Procedure.<Mprotect>named("mprotect_fixup")
                    .sleeping("take mmap_lock", 40_000, Mprotect::lock)
                    .step("change VMAs", 200_000, Mprotect::changeVmas)
                    .step("change_protection", 150_000, Mprotect::changeEntries)
                    .step("flush", 0, Mprotect::flush)
                    .sleeping("release mmap_lock", 40_000, Mprotect::unlock)
                    .build();

    private final Mm mm;
    private final long start;
    private final long end;
    private final int access;

    private Mprotect(Mm mm, long start, long end, int access) {
        this.mm = mm;
        this.start = start;
        this.end = end;
        this.access = access;
    }

    static Call<?> call(Mm mm, long start, long end, int access) {
        return new Call<>(MPROTECT, new Mprotect(mm, start, end, access));
    }

    private Next lock(Cpu cpu) {
        return mm.lock().write(this);
    }

    private Next changeVmas(Cpu cpu) {
        Call<?> split = SplitHuge.atEdges(mm, start, end);
        if (split != null) {
            return new Next.EnterAgain(split);
        }
        mm.vmas().isolate(start, end).forEach(vma -> mm.vmas().protect(vma, access));
        return Next.ON;
    }

    private Next changeEntries(Cpu cpu) {
        if (mm.tableLock().isTaken()) {
            return Next.AGAIN;
        }
        mm.vmas().isolate(start, end).forEach(vma -> Entries.protect(mm, cpu, vma));
        return Next.ON;
    }

    private Next flush(Cpu cpu) {
        return Next.call(TlbFlush.of(mm, start, end));
    }

    private Next unlock(Cpu cpu) {
        mm.lock().give(this);
        return Next.DONE;
    }
}
