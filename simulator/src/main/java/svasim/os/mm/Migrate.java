package svasim.os.mm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** migrate_pages: moves the pages of a range to other frames. */
public final class Migrate {
    private static final Procedure<Migrate> MIGRATE =
            Procedure.<Migrate>named("migrate_pages")
                    .sleeping("next folio", 100_000, Migrate::next)
                    .build();

    private final Mm mm;
    private final long start;
    private final long end;
    private Deque<Page> left;
    private MigratePage moving;
    private int moved;
    private int failed;

    /** Of a range of whole pages. */
    public Migrate(Mm mm, long start, long bytes) {
        this.mm = mm;
        this.start = start;
        this.end = start + bytes;
    }

    public Call<?> call() {
        return new Call<>(MIGRATE, this);
    }

    /** Pages that have another frame now. */
    public int moved() {
        return moved;
    }

    /** Pages that stay where they are, for example because they are pinned. */
    public int failed() {
        return failed;
    }

    private Next next(Cpu cpu) {
        if (left == null) {
            left = new ArrayDeque<>(pages());
        }
        if (moving != null) {
            moved += moving.hasMoved() ? 1 : 0;
            failed += moving.hasMoved() ? 0 : 1;
        }
        Page page = left.poll();
        if (page == null) {
            return Next.DONE;
        }
        moving = new MigratePage(mm, page);
        return new Next.EnterAgain(moving.call());
    }

    private List<Page> pages() {
        return mm.pagesOf(start, end);
    }
}
