package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** mmap(2): makes a mapping; its pages come when they are touched. */
public final class Mmap {
    private static final Procedure<Mmap> DO_MMAP =
            Procedure.<Mmap>named("do_mmap")
                    .sleeping("take mmap_lock", 40_000, Mmap::lock)
                    .step("find area and insert VMA", 400_000, Mmap::insert)
                    .sleeping("release mmap_lock", 40_000, Mmap::unlock)
                    .build();

    private final Mm mm;
    private final long bytes;
    private final int access;
    private final Backing file;
    private final long physical;
    private long start;

    private Mmap(Mm mm, long bytes, int access, Backing file, long physical) {
        this.mm = mm;
        this.bytes = bytes + PageTables.PAGE - 1 & -PageTables.PAGE;
        this.access = access;
        this.file = file;
        this.physical = physical;
    }

    static Mmap anonymous(Mm mm, long bytes, int access) {
        return new Mmap(mm, bytes, access, null, 0);
    }

    static Mmap device(Mm mm, Backing file, long physical, long bytes, int access) {
        return new Mmap(mm, bytes, access, file, physical);
    }

    /** What to run. */
    public Call<?> call() {
        return new Call<>(DO_MMAP, this);
    }

    /** First address of the mapping, once the call has run. */
    public long start() {
        return start;
    }

    /** Size in bytes, whole pages. */
    public long bytes() {
        return bytes;
    }

    private Next lock(Cpu cpu) {
        return mm.lock().take(this);
    }

    private Next insert(Cpu cpu) {
        start = mm.vmas().findGap(bytes);
        mm.vmas().add(start, start + bytes, access, file, physical);
        return Next.ON;
    }

    private Next unlock(Cpu cpu) {
        mm.lock().give(this);
        return Next.DONE;
    }
}
