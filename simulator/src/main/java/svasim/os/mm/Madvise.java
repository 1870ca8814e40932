package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** madvise(2) of a range of whole pages. */
public final class Madvise {
    private static final Procedure<Madvise> FLAGS =
            Procedure.<Madvise>named("madvise_vma_behavior")
                    .sleeping("take mmap_lock", 40_000, Madvise::lockToWrite)
                    .step("change VMAs", 200_000, Madvise::flag)
                    .sleeping("release mmap_lock", 40_000, Madvise::unlock)
                    .build();

    private static final Procedure<Madvise> DONT_NEED =
            Procedure.<Madvise>named("madvise_dontneed")
                    .sleeping("take mmap_lock", 40_000, Madvise::lockToRead)
                    .step("zap_page_range", 200_000, Madvise::zap)
                    .step("tlb_finish_mmu", 50_000, Madvise::flush)
                    .step("free pages", 100_000, Madvise::freePages)
                    .sleeping("release mmap_lock", 40_000, Madvise::unlock)
                    .build();

    private static final Procedure<Madvise> FREE =
            Procedure.<Madvise>named("madvise_free")
                    .sleeping("take mmap_lock", 40_000, Madvise::lockToRead)
                    .step("madvise_free_pte_range", 150_000, Madvise::markFree)
                    .step("tlb_finish_mmu", 50_000, Madvise::flush)
                    .sleeping("release mmap_lock", 40_000, Madvise::unlock)
                    .build();

    private static final Procedure<Madvise> PAGE_OUT =
            Procedure.<Madvise>named("madvise_pageout")
                    .sleeping("reclaim_pages", 100_000, Madvise::reclaim)
                    .build();

    private static final Procedure<Madvise> COLLAPSE =
            Procedure.<Madvise>named("madvise_collapse")
                    .sleeping("next 2 MiB", 50_000, Madvise::collapseNext)
                    .build();

    private final Mm mm;
    private final long start;
    private final long end;
    private final Advice advice;
    private final Gather gather = new Gather();
    private long next;

    private Madvise(Mm mm, long start, long bytes, Advice advice) {
        this.mm = mm;
        this.start = start;
        this.end = start + bytes;
        this.advice = advice;
        this.next = start + PageTables.HUGE - 1 & -PageTables.HUGE;
    }

    static Call<?> call(Mm mm, long start, long bytes, Advice advice) {
        Procedure<Madvise> procedure =
                switch (advice) {
                    case DONT_NEED -> DONT_NEED;
                    case FREE -> FREE;
                    case PAGE_OUT -> PAGE_OUT;
                    case COLLAPSE -> COLLAPSE;
                    default -> FLAGS;
                };
        return new Call<>(procedure, new Madvise(mm, start, bytes, advice));
    }

    private Next lockToWrite(Cpu cpu) {
        return mm.lock().write(this);
    }

    private Next lockToRead(Cpu cpu) {
        return mm.lock().read(this);
    }

    private Next unlock(Cpu cpu) {
        mm.lock().give(this);
        return Next.DONE;
    }

    private Next flag(Cpu cpu) {
        VmaFlag flag =
                switch (advice) {
                    case DONT_FORK -> VmaFlag.DONT_COPY;
                    case WIPE_ON_FORK -> VmaFlag.WIPE_ON_FORK;
                    default -> VmaFlag.HUGE_PAGES;
                };
        boolean on = advice != Advice.NO_HUGE_PAGE;
        mm.vmas().isolate(start, end).forEach(vma -> mm.vmas().flag(vma, flag, on));
        return Next.ON;
    }

    /** What has to happen before entries of the range can be changed, or null. */
    private Next obstacle() {
        Call<?> split = SplitHuge.atEdges(mm, start, end);
        if (split != null) {
            return new Next.EnterAgain(split);
        }
        return mm.tableLock().isTaken() ? Next.AGAIN : null;
    }

    private Next zap(Cpu cpu) {
        Next obstacle = obstacle();
        if (obstacle != null) {
            return obstacle;
        }
        Unmapping.unmap(mm, start, end, cpu, gather);
        return Next.ON;
    }

    private Next freePages(Cpu cpu) {
        gather.free(mm);
        return Next.ON;
    }

    private Next flush(Cpu cpu) {
        return Next.call(TlbFlush.of(mm, start, end));
    }

    /** Pages of their own only; where hardware keeps no dirty bit, the next store faults. */
    private Next markFree(Cpu cpu) {
        Next obstacle = obstacle();
        if (obstacle != null) {
            return obstacle;
        }
        for (long va = start; va < end; va += PageTables.PAGE) {
            Vma vma = mm.vmas().at(va);
            Page page = mm.pageAt(va);
            if (page != null && vma.isAnonymous() && page.isExclusive() && !page.isPinned()) {
                page.lazyFree(true);
                mm.tables().forgetStores(cpu, va);
            }
        }
        return Next.ON;
    }

    private Next reclaim(Cpu cpu) {
        return Next.call(Reclaim.of(mm.memory(), mm.pagesOf(start, end)));
    }

    private Next collapseNext(Cpu cpu) {
        if (next + PageTables.HUGE > end) {
            return Next.DONE;
        }
        next += PageTables.HUGE;
        return new Next.EnterAgain(new Collapse(mm, next - PageTables.HUGE).call());
    }
}
