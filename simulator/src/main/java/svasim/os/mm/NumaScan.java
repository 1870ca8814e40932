package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * change_prot_numa: takes the permissions of a range's pages away, so that the next access of a
 * core or a device faults and tells where it comes from.
 */
final class NumaScan {
    private static final Procedure<NumaScan> SCAN =
            Procedure.<NumaScan>named("change_prot_numa")
                    .sleeping("take mmap_lock", 40_000, NumaScan::lock)
                    .step("change_protection", 150_000, NumaScan::change)
                    .step("flush", 0, NumaScan::flush)
                    .sleeping("release mmap_lock", 40_000, NumaScan::unlock)
                    .build();

    private final Mm mm;
    private final long start;
    private final long end;

    private NumaScan(Mm mm, long start, long end) {
        this.mm = mm;
        this.start = start;
        this.end = end;
    }

    static Call<?> call(Mm mm, long start, long bytes) {
        return new Call<>(SCAN, new NumaScan(mm, start, start + bytes));
    }

    private Next lock(Cpu cpu) {
        return mm.lock().read(this);
    }

    private Next change(Cpu cpu) {
        Call<?> split = SplitHuge.atEdges(mm, start, end);
        if (split != null) {
            return new Next.EnterAgain(split);
        }
        if (mm.tableLock().isTaken()) {
            return Next.AGAIN;
        }
        Entries.keepStores(mm, start, end);
        mm.tables().protect(cpu, start, end, 0);
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
