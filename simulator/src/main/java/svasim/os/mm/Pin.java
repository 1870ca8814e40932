package svasim.os.mm;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;

/**
 * pin_user_pages with FOLL_LONGTERM: makes the pages of a range present and keeps them where they
 * are, also when they are unmapped, until they are unpinned. A fork copies them at once, so that
 * device and parent go on seeing the same page.
 */
public final class Pin {
    private static final Procedure<Pin> PIN =
            Procedure.<Pin>named("pin_user_pages")
                    .sleeping("follow_page", 60_000, Pin::follow)
                    .sleeping("fault in", 20_000, Pin::faulted)
                    .build();

    private static final Procedure<Pin> UNPIN =
            Procedure.<Pin>named("unpin_user_pages")
                    .sleeping("put pages", 100_000, Pin::putAll)
                    .build();

    private final Mm mm;
    private final long end;
    private final int access;
    private final List<Page> pages = new ArrayList<>();
    private long next;
    private PageFault fault;
    private boolean failed;

    /**
     * @param access how the pages are going to be used, bits of {@link svasim.paging.Access}
     */
    public Pin(Mm mm, long start, long bytes, int access) {
        this.mm = mm;
        this.next = start & -PageTables.PAGE;
        this.end = start + bytes;
        this.access = access;
    }

    /** One for each mapping of memory that the address space has now (mlockall). */
    public static List<Pin> ofAll(Mm mm) {
        return mm.vmas().all().stream()
                .filter(vma -> !vma.isDevice())
                .map(vma -> new Pin(mm, vma.start(), vma.bytes(), vma.access()))
                .toList();
    }

    public Call<?> call() {
        return new Call<>(PIN, this);
    }

    /** Lets go of what was pinned; once. */
    public Call<?> unpin() {
        return new Call<>(UNPIN, this);
    }

    /** Whether some page could not be had; those before it are pinned. */
    public boolean failed() {
        return failed;
    }

    /** Physical addresses of the pages that are pinned, in the order of virtual addresses. */
    public List<Long> frames() {
        return pages.stream().map(Page::frame).toList();
    }

    private Next follow(Cpu cpu) {
        if (next >= end || failed) {
            return Next.DONE;
        }
        Page page = mm.pageAt(next);
        if (page == null || page.isLocked() || !permits(page)) {
            fault = new PageFault(mm, next, access);
            return Next.call(fault.call());
        }
        page.pin();
        pages.add(page);
        next += PageTables.PAGE;
        return Next.AGAIN;
    }

    /** A page that others see too would part from this address space at the next store. */
    private boolean permits(Page page) {
        boolean own = page.isExclusive() || !mm.vmas().at(next).isCopyOnWrite();
        return mm.tables().permits(next, access) && (own || (access & Access.WRITE) == 0);
    }

    private Next faulted(Cpu cpu) {
        failed = !fault.isResolved();
        return Next.jump("follow_page");
    }

    private Next putAll(Cpu cpu) {
        for (Page page : pages) {
            page.unpin();
            mm.memory().pages().put(page);
        }
        pages.clear();
        return Next.DONE;
    }
}
