package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * Room for pages that are about to be allocated: reclaims old ones, and has a process killed if
 * that does not help (try_to_free_pages, out_of_memory).
 */
final class Charge {
    private static final int BATCH = 32;

    private static final Procedure<Charge> MAKE_ROOM =
            Procedure.<Charge>named("try_to_free_pages")
                    .sleeping("shrink_lruvec", 500_000, Charge::reclaim)
                    .sleeping("out_of_memory", 100_000, Charge::kill)
                    .sleeping("get_page_from_freelist", 50_000, Charge::look)
                    .build();

    private final Mm mm;
    private final int pages;

    private Charge(Mm mm, int pages) {
        this.mm = mm;
        this.pages = pages;
    }

    /** Goes on if there is room; else makes some and has the step run again. */
    static Next next(Mm mm, int pages) {
        return mm.memory().pages().haveRoomFor(pages)
                ? Next.ON
                : new Next.EnterAgain(new Call<>(MAKE_ROOM, new Charge(mm, pages)));
    }

    private Next reclaim(Cpu cpu) {
        return Next.call(Reclaim.oldest(mm.memory(), Math.max(BATCH, pages)));
    }

    /** Who is being killed, or cannot wait for somebody's end, takes from the reserves. */
    private Next look(Cpu cpu) {
        if (!mm.memory().pages().haveRoomFor(pages)) {
            mm.memory().pages().openReserve(pages);
        }
        return Next.DONE;
    }

    private Next kill(Cpu cpu) {
        return mm.memory().pages().haveRoomFor(pages)
                ? Next.DONE
                : Next.call(mm.memory().outOfMemory().kill());
    }
}
