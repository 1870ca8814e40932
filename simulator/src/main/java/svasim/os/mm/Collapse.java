package svasim.os.mm;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/**
 * collapse_huge_page (khugepaged, MADV_COLLAPSE): 2 MiB of small anonymous pages become one huge
 * page. Pages that are missing count as zero; a page that is pinned, shared, swapped out or being
 * worked on prevents it.
 */
public final class Collapse {
    private static final int PIECES = (int) (PageTables.HUGE / PageTables.PAGE);
    private static final String UNLOCK = "release mmap_lock";

    private static final Procedure<Collapse> COLLAPSE =
            Procedure.<Collapse>named("collapse_huge_page")
                    .sleeping("alloc_charge_folio", 500_000, Collapse::charge)
                    .sleeping("take mmap_lock", 40_000, Collapse::lock)
                    .step("take page_table_lock", 20_000, Collapse::lockTables)
                    .step("pmdp_collapse_flush", 500_000, Collapse::clear)
                    .step("__collapse_huge_page_copy", 120_000_000, Collapse::copy)
                    .step("set PMD", 200_000, Collapse::map)
                    .sleeping("free small pages", 500_000, Collapse::free)
                    .sleeping(UNLOCK, 40_000, Collapse::unlock)
                    .build();

    private final Mm mm;
    private final long first;
    private final Gather old = new Gather();
    private final List<Page> small = new ArrayList<>();
    private final List<Long> places = new ArrayList<>();
    private List<Page> pages;
    private boolean done;

    /**
     * @param va an address in the 2 MiB
     */
    public Collapse(Mm mm, long va) {
        this.mm = mm;
        this.first = va & -PageTables.HUGE;
    }

    public Call<?> call() {
        return new Call<>(COLLAPSE, this);
    }

    /** Whether the 2 MiB are one page now. */
    public boolean isDone() {
        return done;
    }

    private Next charge(Cpu cpu) {
        return Charge.next(mm, PIECES);
    }

    private Next lock(Cpu cpu) {
        return mm.lock().write(this);
    }

    private Next lockTables(Cpu cpu) {
        return mm.tableLock().take(this);
    }

    private Next clear(Cpu cpu) {
        if (!suits() || !mm.memory().pages().haveRoomForHuge(PIECES)) {
            mm.tableLock().give(this);
            return Next.jump(UNLOCK);
        }
        pages = mm.memory().pages().allocateHuge(mm, PIECES);
        mm.tables().unmap(cpu, first, first + PageTables.HUGE, this::take, (va, note) -> {});
        mm.tables().takeTable(cpu, first, old);
        return Next.call(TlbFlush.ofCollapsed(mm));
    }

    private void take(long va, long frame) {
        Page page = mm.memory().pages().at(frame);
        mm.platform().trace().tell(Kind.PAGE_UNMAPPED, mm.lane(), mm.id(), va, frame);
        page.unmapped(mm, va);
        small.add(page);
        places.add(va);
        old.add(page);
    }

    private boolean suits() {
        Vma vma = mm.vmas().at(first);
        if (vma == null
                || !vma.isAnonymous()
                || !vma.holds(first, first + PageTables.HUGE)
                || !mm.tables().hasTable(first)) {
            return false;
        }
        boolean[] obstacle = new boolean[1];
        mm.tables()
                .visit(
                        first,
                        first + PageTables.HUGE,
                        (va, frame) -> obstacle[0] |= isObstacle(frame),
                        (va, note) -> obstacle[0] = true);
        return !obstacle[0];
    }

    private boolean isObstacle(long frame) {
        Page page = mm.memory().pages().at(frame);
        return !ReclaimPage.suits(page) || !page.isExclusive() || page.slot() != null;
    }

    private Next copy(Cpu cpu) {
        for (int i = 0; i < small.size(); i++) {
            int number = (int) ((places.get(i) - first) / PageTables.PAGE);
            mm.memory().pages().copy(small.get(i), pages.get(number));
        }
        return Next.ON;
    }

    private Next map(Cpu cpu) {
        HugeFault.install(mm, cpu, first, pages, mm.vmas().at(first));
        done = true;
        mm.tableLock().give(this);
        return Next.ON;
    }

    private Next free(Cpu cpu) {
        old.free(mm);
        return Next.ON;
    }

    private Next unlock(Cpu cpu) {
        mm.lock().give(this);
        return Next.DONE;
    }
}
