package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/** Makes a page present for an access that missed it, of a core or of a device. */
public final class PageFault {
    private static final Procedure<PageFault> FAULT =
            Procedure.<PageFault>named("handle_mm_fault")
                    .sleeping("take mmap_lock", 40_000, PageFault::lock)
                    .step("find VMA", 80_000, PageFault::findVma)
                    .sleeping("allocate page", 350_000, PageFault::allocate)
                    .step("set PTE", 100_000, PageFault::map)
                    .sleeping("release mmap_lock", 40_000, PageFault::unlock)
                    .build();

    private static final long NO_FRAME = -1;

    private final Mm mm;
    private final long page;
    private final int access;
    private Vma vma;
    private long frame = NO_FRAME;
    private boolean resolved;

    /**
     * @param access wanted bits of {@link svasim.paging.Access}
     */
    public PageFault(Mm mm, long va, int access) {
        this.mm = mm;
        this.page = va & -PageTables.PAGE;
        this.access = access;
    }

    public Call<?> call() {
        return new Call<>(FAULT, this);
    }

    /** Whether the access may be tried again; else there is no such mapping or permission. */
    public boolean isResolved() {
        return resolved;
    }

    private Next lock(Cpu cpu) {
        return mm.lock().take(this);
    }

    private Next findVma(Cpu cpu) {
        vma = mm.vmas().at(page);
        if (vma == null || (vma.access() & access) != access) {
            return Next.jump("release mmap_lock");
        }
        resolved = true;
        return mm.tables().permits(page, access) ? Next.jump("release mmap_lock") : Next.ON;
    }

    private Next allocate(Cpu cpu) {
        if (mm.tables().physical(page) != PageTables.ABSENT) {
            return Next.ON;
        }
        frame =
                vma.isAnonymous()
                        ? mm.platform().frames().allocate(FrameUse.PAGE, mm.id())
                        : vma.physical() + page - vma.start();
        return Next.ON;
    }

    private Next map(Cpu cpu) {
        if (frame == NO_FRAME) {
            mm.tables().protect(cpu, page, page + PageTables.PAGE, vma.access());
        } else {
            mm.tables().map(cpu, page, frame, vma.access());
            mm.platform().trace().tell(Kind.PAGE_MAPPED, mm.lane(), mm.id(), page, frame);
        }
        return Next.ON;
    }

    private Next unlock(Cpu cpu) {
        mm.lock().give(this);
        return Next.DONE;
    }
}
