package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.PageTableEditor;

/**
 * __split_huge_pmd: the same memory, mapped by a table of small pages from now on. No core and no
 * device may hold the large translation beside small ones, so that it is taken away in between.
 */
final class SplitHuge {
    private static final Procedure<SplitHuge> SPLIT =
            Procedure.<SplitHuge>named("__split_huge_pmd")
                    .step("take page_table_lock", 20_000, SplitHuge::lock)
                    .step("pmdp_invalidate", 50_000, SplitHuge::invalidate)
                    .step("pmd_populate", 2_000_000, SplitHuge::populate)
                    .build();

    private final Mm mm;
    private final long va;
    private PageTableEditor.Leaf leaf;

    private SplitHuge(Mm mm, long va) {
        this.mm = mm;
        this.va = va;
    }

    /** Splits the huge page at an address. */
    static Call<?> call(Mm mm, long va) {
        return new Call<>(SPLIT, new SplitHuge(mm, va));
    }

    /**
     * What has to be split before the pages of a range can be changed without their neighbours.
     *
     * @return null if nothing
     */
    static Call<?> atEdges(Mm mm, long start, long end) {
        if (mm.tables().cutsHuge(start)) {
            return call(mm, start);
        }
        return mm.tables().cutsHuge(end) ? call(mm, end) : null;
    }

    /** What has to be split in a range, so that only small pages are there; null if nothing. */
    static Call<?> within(Mm mm, long start, long end) {
        for (long va = start; va < end; va += PageTables.PAGE) {
            PageTableEditor.Leaf leaf = mm.tables().leaf(va);
            if (leaf != null && leaf.pageShift() != PageTables.PAGE_SHIFT) {
                return call(mm, va);
            }
        }
        return null;
    }

    /** Has a step run again after a split, until the page is a part of no huge one. */
    static Next around(Page page) {
        for (MappedAt place : page.mappings()) {
            Call<?> split = within(place.mm(), place.va(), place.va() + PageTables.PAGE);
            if (split != null) {
                return new Next.EnterAgain(split);
            }
        }
        return Next.ON;
    }

    private Next lock(Cpu cpu) {
        return mm.tableLock().take(this);
    }

    /** Somebody else may have split it while we waited for the lock. */
    private Next invalidate(Cpu cpu) {
        leaf = mm.tables().leaf(va);
        if (leaf == null || 1L << leaf.pageShift() != PageTables.HUGE) {
            mm.tableLock().give(this);
            return Next.DONE;
        }
        long end = leaf.input() + PageTables.HUGE;
        Entries.keepStores(mm, leaf.input(), end);
        mm.tables().unmap(cpu, leaf.input(), end, (at, frame) -> {}, (at, note) -> {});
        return Next.call(TlbFlush.of(mm, leaf.input(), end));
    }

    private Next populate(Cpu cpu) {
        for (long done = 0; done < PageTables.HUGE; done += PageTables.PAGE) {
            mm.tables().map(cpu, leaf.input() + done, leaf.output() + done, leaf.access());
        }
        mm.tableLock().give(this);
        return Next.DONE;
    }
}
