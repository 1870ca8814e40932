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
    private final Content content;
    private long start;

    Mmap(Mm mm, long bytes, int access, Content content) {
        this.mm = mm;
        this.bytes = bytes + PageTables.PAGE - 1 & -PageTables.PAGE;
        this.access = access;
        this.content = content;
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
        return mm.lock().write(this);
    }

    private Next insert(Cpu cpu) {
        start = mm.vmas().findGap(bytes, alignment());
        mm.vmas().add(start, start + bytes, access, content);
        return Next.ON;
    }

    /** Anonymous memory that could be huge pages lies where they can (THP). */
    private long alignment() {
        boolean always = mm.memory().config().hugePages() == MmConfig.HugePages.ALWAYS;
        boolean wanted = always || content.has(VmaFlag.HUGE_PAGES);
        return content.file() == null && wanted && bytes >= PageTables.HUGE
                ? PageTables.HUGE
                : PageTables.PAGE;
    }

    private Next unlock(Cpu cpu) {
        mm.lock().give(this);
        return Next.DONE;
    }
}
