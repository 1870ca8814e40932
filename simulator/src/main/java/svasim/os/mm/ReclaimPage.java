package svasim.os.mm;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import svasim.cpu.Architecture;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/**
 * Reclaims one page: a place on the swap device or in its file, no translation anywhere, contents
 * written out, frame freed. Whoever touches the page meanwhile finds it in the swap cache and keeps
 * it.
 */
final class ReclaimPage {
    private static final String REMOVE = "__remove_mapping";

    private static final Procedure<ReclaimPage> RECLAIM =
            Procedure.<ReclaimPage>named("pageout")
                    .sleeping("folio_trylock", 50_000, ReclaimPage::lock)
                    .sleeping("split huge pages", 0, ReclaimPage::split)
                    .sleeping("add_to_swap", 100_000, ReclaimPage::addToSwap)
                    .step("try_to_unmap", 150_000, ReclaimPage::unmapNext)
                    .sleeping("try_to_unmap_flush", 0, ReclaimPage::flushNext)
                    .sleeping("swap_writepage", 100_000, ReclaimPage::write)
                    .sleeping(REMOVE, 100_000, ReclaimPage::remove)
                    .build();

    private final Memory memory;
    private final Page page;

    /** Address spaces whose cores have to be told at the end (x86). */
    private final Set<Mm> batch = new LinkedHashSet<>();

    private ReclaimPage(Memory memory, Page page) {
        this.memory = memory;
        this.page = page;
    }

    /** Whether nobody is known to need the page where it is. */
    static boolean suits(Page page) {
        return !page.isLocked() && !page.isPinned() && page.references() == page.explained();
    }

    static Call<?> call(Memory memory, Page page) {
        return new Call<>(RECLAIM, new ReclaimPage(memory, page));
    }

    private Next lock(Cpu cpu) {
        if (!suits(page) || page.references() == 0) {
            return Next.DONE;
        }
        page.lock();
        page.get();
        return Next.ON;
    }

    private Next split(Cpu cpu) {
        return SplitHuge.around(page);
    }

    /** A page of a file has a place already; one that may be dropped needs none. */
    private Next addToSwap(Cpu cpu) {
        if (page.file() != null || page.slot() != null || isDroppable()) {
            return Next.ON;
        }
        SwapSlot slot = memory.swap().allocate();
        if (slot == null) {
            return end();
        }
        page.get();
        page.slot(slot);
        slot.page(page);
        return Next.ON;
    }

    private boolean isDroppable() {
        return page.isLazyFree() && page.mappings().stream().noneMatch(ReclaimPage::isDirty);
    }

    private static boolean isDirty(MappedAt place) {
        return place.mm().tables().isDirty(place.va());
    }

    /**
     * One place after the other. On x86 IOMMUs and devices are told at once, of the whole address
     * space; the cores follow all together.
     */
    private Next unmapNext(Cpu cpu) {
        if (page.mappings().isEmpty()) {
            return Next.ON;
        }
        MappedAt place = page.mappings().get(0);
        Mm mm = place.mm();
        if (mm.tableLock().isTaken()) {
            return Next.AGAIN;
        }
        boolean written = page.isLazyFree() && isDirty(place);
        mm.tables().clear(cpu, place.va());
        mm.platform().trace().tell(Kind.PAGE_UNMAPPED, mm.lane(), mm.id(), place.va(), frame());
        leaveNote(cpu, place, written);
        page.unmapped(mm, place.va());
        memory.pages().put(page);
        if (mm.platform().cores().config().architecture() == Architecture.AARCH64) {
            return again(TlbFlush.of(mm, place.va(), place.va() + PageTables.PAGE));
        }
        batch.add(mm);
        return again(TlbFlush.ofSecondaryOnly(mm));
    }

    private static Next again(Call<?> flush) {
        return new Next.EnterAgain(flush);
    }

    private long frame() {
        return page.frame();
    }

    private void leaveNote(Cpu cpu, MappedAt place, boolean written) {
        if (written && page.slot() == null) {
            page.lazyFree(false);
            SwapSlot slot = memory.swap().allocate();
            page.get();
            page.slot(slot);
            slot.page(page);
        }
        if (page.slot() != null) {
            page.slot().get();
            place.mm().tables().note(cpu, place.va(), Note.swap(page.slot()));
        }
    }

    private Next flushNext(Cpu cpu) {
        if (batch.isEmpty()) {
            return Next.ON;
        }
        Mm mm = List.copyOf(batch).get(0);
        batch.remove(mm);
        return new Next.EnterAgain(TlbFlush.ofCpusOnly(mm));
    }

    private Next write(Cpu cpu) {
        if (page.slot() == null) {
            return Next.ON;
        }
        page.slot().contents(memory.pages().contents(page));
        return memory.swap().write();
    }

    /** A page that is mapped again, or that somebody has pinned meanwhile, stays. */
    private Next remove(Cpu cpu) {
        boolean unused = page.mappings().isEmpty() && !page.isPinned();
        if (unused && page.file() != null) {
            page.file().evict(page, memory.pages().contents(page));
            memory.pages().put(page);
        } else if (page.slot() != null && unused) {
            memory.dropFromSwapCache(page);
        }
        return end();
    }

    private Next end() {
        page.unlock();
        memory.pages().put(page);
        return Next.DONE;
    }
}
