package svasim.os.mm;

import svasim.cpu.Architecture;
import svasim.cpu.Cpu;
import svasim.paging.PageTableEditor;
import svasim.trace.Kind;

/**
 * A page fault that mapping and permissions allow, as those see it that make the page present
 * (struct vm_fault). The caller holds mmap_lock.
 *
 * @param va address of the page
 * @param access wanted bits of {@link svasim.paging.Access}
 */
record Fault(Mm mm, Vma vma, long va, int access) {
    Memory memory() {
        return mm.memory();
    }

    Pages pages() {
        return mm.memory().pages();
    }

    /** Whether the access would succeed now. */
    boolean isResolved() {
        return mm.tables().permits(va, access);
    }

    /** Whether neither a page nor a note is there (pte_none). */
    boolean isNone() {
        return mm.tables().leaf(va) == null && noteType() == Note.Type.NONE;
    }

    Note.Type noteType() {
        return mm.tables().noteAt(va).type();
    }

    /** The page that is mapped, or null. */
    Page mapped() {
        PageTableEditor.Leaf leaf = mm.tables().leaf(va);
        return leaf == null ? null : pages().at(leaf.output() + va - leaf.input());
    }

    /** Maps a page where none is; the entry takes over a reference of the caller. */
    void map(Cpu cpu, Page page) {
        page.mapped(mm, va);
        mm.tables().map(cpu, va, page.frame(), Entries.access(vma, page));
        mm.platform().trace().tell(Kind.PAGE_MAPPED, mm.lane(), mm.id(), va, page.frame());
    }

    /** Whether software has to tell TLBs that an entry permits more than before. */
    boolean tellsOfUpgrades() {
        return mm.platform().cores().config().architecture() == Architecture.AARCH64;
    }
}
