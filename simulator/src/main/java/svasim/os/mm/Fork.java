package svasim.os.mm;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;

/**
 * dup_mmap: a child's address space with the mappings of its parent. Private pages are shared from
 * now on and may not be written by either; that is why every TLB of the parent is flushed, the
 * IOMMU's and the devices' too. The child starts without PASID and without notifiers.
 */
public final class Fork {
    private static final Procedure<Fork> FORK =
            Procedure.<Fork>named("dup_mmap")
                    .sleeping("take mmap_lock", 40_000, Fork::lock)
                    .sleeping("copy VMA", 200_000, Fork::copyNext)
                    .step("copy_page_range", 100_000, Fork::copyPages)
                    .step("flush_tlb_mm", 50_000, Fork::flush)
                    .sleeping("release mmap_lock", 40_000, Fork::unlock)
                    .build();

    private final Mm parent;
    private final Mm child;
    private final Memory memory;
    private Iterator<Vma> vmas;
    private Vma vma;
    private Vma copy;

    /**
     * @param child new and empty
     */
    public Fork(Mm parent, Mm child) {
        this.parent = parent;
        this.child = child;
        this.memory = parent.memory();
    }

    public Call<?> call() {
        return new Call<>(FORK, this);
    }

    private Next lock(Cpu cpu) {
        child.tags().copy(parent.tags());
        return parent.lock().write(this);
    }

    private Next copyNext(Cpu cpu) {
        vmas = vmas == null ? parent.vmas().all().iterator() : vmas;
        if (!vmas.hasNext()) {
            return Next.jump("flush_tlb_mm");
        }
        vma = vmas.next();
        if (vma.has(VmaFlag.DONT_COPY)) {
            return Next.AGAIN;
        }
        copy = child.vmas().add(vma.start(), vma.end(), vma.access(), vma.content());
        boolean refault = vma.isDevice() || vma.has(VmaFlag.SHARED);
        return refault || vma.has(VmaFlag.WIPE_ON_FORK) ? Next.AGAIN : Next.ON;
    }

    private Next copyPages(Cpu cpu) {
        Call<?> split = SplitHuge.within(parent, vma.start(), vma.end());
        if (split != null) {
            return new Next.EnterAgain(split);
        }
        if (parent.tableLock().isTaken()) {
            return Next.AGAIN;
        }
        Entries.keepStores(parent, vma.start(), vma.end());
        List<Long> pages = new ArrayList<>();
        parent.tables()
                .visit(
                        vma.start(),
                        vma.end(),
                        (va, frame) -> pages.add(va),
                        (va, note) -> copyNote(cpu, va, Note.of(note)));
        pages.forEach(va -> copyPage(cpu, va));
        return Next.jump("copy VMA");
    }

    private void copyNote(Cpu cpu, long va, Note note) {
        if (note.type() == Note.Type.SWAP) {
            memory.swap().get(note.number()).get();
        } else if (note.type() == Note.Type.DEVICE) {
            memory.devicePages().at(note.number()).places().add(new MappedAt(child, va));
        } else {
            Page page = memory.pages().at(note.frame());
            page.get();
            page.migrating().add(new MappedAt(child, va));
        }
        child.tables().note(cpu, va, note);
    }

    /** A pinned page stays the parent's alone. */
    private void copyPage(Cpu cpu, long va) {
        Page page = parent.pageAt(va);
        if (page.isPinned()) {
            Page own = memory.pages().allocate(child);
            memory.pages().copy(page, own);
            new Fault(child, copy, va, Access.READ).map(cpu, own);
            return;
        }
        page.get();
        new Fault(child, copy, va, Access.READ).map(cpu, page);
        parent.tables().protectWhole(cpu, va, Entries.access(vma, page));
    }

    private Next flush(Cpu cpu) {
        if (parent.platform().defects().has(Defect.S07)) {
            parent.ends().forEach(end -> end.copied(parent, child));
        }
        return Next.call(TlbFlush.ofForked(parent));
    }

    private Next unlock(Cpu cpu) {
        parent.lock().give(this);
        return Next.DONE;
    }
}
