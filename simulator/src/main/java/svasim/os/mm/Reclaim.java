package svasim.os.mm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * shrink_folio_list: takes pages away from those who map them, one after the other, until enough
 * frames are free. Pages that are pinned, or that somebody is at work on, stay.
 */
final class Reclaim {
    private static final Procedure<Reclaim> SHRINK =
            Procedure.<Reclaim>named("shrink_folio_list")
                    .sleeping("next folio", 100_000, Reclaim::next)
                    .build();

    private final Memory memory;
    private final Deque<Page> candidates;
    private final int target;

    private Reclaim(Memory memory, List<Page> pages, int target) {
        this.memory = memory;
        this.candidates = new ArrayDeque<>(pages);
        this.target = memory.pages().count() - target;
    }

    /** Reclaims so many pages, those first that were made first. */
    static Call<?> oldest(Memory memory, int pages) {
        return new Call<>(SHRINK, new Reclaim(memory, memory.pages().oldestFirst(), pages));
    }

    /** Reclaims these pages as far as that can be done (MADV_PAGEOUT). */
    static Call<?> of(Memory memory, List<Page> pages) {
        return new Call<>(SHRINK, new Reclaim(memory, pages, pages.size()));
    }

    private Next next(Cpu cpu) {
        Page page = candidates.poll();
        if (page == null || memory.pages().count() <= target) {
            return Next.DONE;
        }
        return ReclaimPage.suits(page)
                ? new Next.EnterAgain(ReclaimPage.call(memory, page))
                : Next.AGAIN;
    }
}
