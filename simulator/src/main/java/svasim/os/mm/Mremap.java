package svasim.os.mm;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/**
 * mremap(2), MREMAP_MAYMOVE: a mapping at a new place, and of a new size; its pages move with it,
 * and every TLB forgets the old place before the call returns.
 */
public final class Mremap {
    private static final String UNLOCK = "release mmap_lock";

    private static final Procedure<Mremap> MREMAP =
            Procedure.<Mremap>named("move_vma")
                    .sleeping("take mmap_lock", 40_000, Mremap::lock)
                    .step("find area", 300_000, Mremap::findArea)
                    .step("move_page_tables", 300_000, Mremap::moveEntries)
                    .step("flush_tlb_range", 50_000, Mremap::flush)
                    .step("free pages", 100_000, Mremap::freePages)
                    .step("move VMA", 200_000, Mremap::moveVma)
                    .sleeping(UNLOCK, 40_000, Mremap::unlock)
                    .build();

    private final Mm mm;
    private final long oldStart;
    private final long oldEnd;
    private final long bytes;
    private final Gather gather = new Gather();
    private final List<Moved> moved = new ArrayList<>();
    private long start;
    private String refusal;

    /** A page or note on its way. */
    private record Moved(long offset, Page page, long physical, long note) {}

    /**
     * @param bytes size now, whole pages
     * @param newBytes size afterwards, rounded up to whole pages
     */
    public Mremap(Mm mm, long start, long bytes, long newBytes) {
        this.mm = mm;
        this.oldStart = start;
        this.oldEnd = start + bytes;
        this.bytes = newBytes + PageTables.PAGE - 1 & -PageTables.PAGE;
    }

    public Call<?> call() {
        return new Call<>(MREMAP, this);
    }

    /** First address of the mapping, once the call has run. */
    public long start() {
        return start;
    }

    /** Why the mapping has stayed as it was, or null. */
    public String refusal() {
        return refusal;
    }

    private Next lock(Cpu cpu) {
        return mm.lock().write(this);
    }

    private Next findArea(Cpu cpu) {
        Vma vma = mm.vmas().at(oldStart);
        if (vma == null || vma.end() < oldEnd) {
            refusal = "not one mapping";
        } else if (!vma.content().operations().mayMove()) {
            refusal = "the driver does not let its mapping move";
        } else if (vma.has(VmaFlag.DONT_EXPAND) && bytes > oldEnd - oldStart) {
            refusal = "memory of a device does not grow";
        }
        if (refusal != null) {
            return Next.jump(UNLOCK);
        }
        start = mm.vmas().findGap(bytes, PageTables.PAGE);
        return Next.ON;
    }

    /** What does not fit any more is freed; huge pages are split, since they may not lie so. */
    private Next moveEntries(Cpu cpu) {
        Call<?> split = SplitHuge.within(mm, oldStart, oldEnd);
        if (split != null) {
            return new Next.EnterAgain(split);
        }
        if (mm.tableLock().isTaken()) {
            return Next.AGAIN;
        }
        Entries.keepStores(mm, oldStart, oldEnd);
        long kept = Math.min(oldEnd, oldStart + bytes);
        Unmapping.unmap(mm, kept, oldEnd, cpu, gather);
        mm.tables().unmap(cpu, oldStart, kept, this::takePage, this::takeNote);
        moved.forEach(entry -> put(cpu, entry));
        return Next.ON;
    }

    private void takePage(long va, long frame) {
        Page page = mm.memory().pages().at(frame);
        mm.platform().trace().tell(Kind.PAGE_UNMAPPED, mm.lane(), mm.id(), va, frame);
        if (page != null) {
            page.unmapped(mm, va);
        }
        moved.add(new Moved(va - oldStart, page, frame, 0));
    }

    private void takeNote(long va, long entry) {
        Note note = Note.of(entry);
        if (note.type() == Note.Type.MIGRATION) {
            Page page = mm.memory().pages().at(note.frame());
            page.migrating().remove(new MappedAt(mm, va));
            page.migrating().add(new MappedAt(mm, start + va - oldStart));
        }
        if (note.type() == Note.Type.DEVICE) {
            List<MappedAt> places = mm.memory().devicePages().at(note.number()).places();
            places.remove(new MappedAt(mm, va));
            places.add(new MappedAt(mm, start + va - oldStart));
        }
        moved.add(new Moved(va - oldStart, null, 0, entry));
    }

    private void put(Cpu cpu, Moved entry) {
        long va = start + entry.offset();
        Vma vma = mm.vmas().at(oldStart);
        if (entry.note() != 0) {
            mm.tables().note(cpu, va, Note.of(entry.note()));
            return;
        }
        if (entry.page() != null) {
            entry.page().mapped(mm, va);
        }
        mm.tables().map(cpu, va, entry.physical(), Entries.access(vma, entry.page()));
        mm.platform().trace().tell(Kind.PAGE_MAPPED, mm.lane(), mm.id(), va, entry.physical());
    }

    private Next flush(Cpu cpu) {
        return Next.call(TlbFlush.of(mm, oldStart, oldEnd));
    }

    private Next freePages(Cpu cpu) {
        gather.free(mm);
        return Next.ON;
    }

    private Next moveVma(Cpu cpu) {
        Vma vma = mm.vmas().isolate(oldStart, oldEnd).get(0);
        mm.vmas().move(vma, start, start + bytes);
        return Next.ON;
    }

    private Next unlock(Cpu cpu) {
        mm.lock().give(this);
        return Next.DONE;
    }
}
