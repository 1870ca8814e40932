package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** Takes the pages of a mapping out of the page tables. */
final class Unmapping {
    private static final long PER_PAGE_PS = 30_000;

    private final Mm mm;
    private final Cpu cpu;
    private final Gather gather;

    private Unmapping(Mm mm, Cpu cpu, Gather gather) {
        this.mm = mm;
        this.cpu = cpu;
        this.gather = gather;
    }

    /** Clears the entries of a mapping; its pages are gathered, to be freed later. */
    static void unmap(Mm mm, Vma vma, Cpu cpu, Gather gather) {
        unmap(mm, vma.start(), vma.end(), cpu, gather);
    }

    /** As {@link #unmap}, for a part of a mapping. */
    static void unmap(Mm mm, long start, long end, Cpu cpu, Gather gather) {
        Unmapping unmapping = new Unmapping(mm, cpu, gather);
        mm.tables().unmap(cpu, start, end, unmapping::page, unmapping::note);
    }

    private void page(long va, long frame) {
        cpu.spend(PER_PAGE_PS);
        Trace trace = mm.platform().trace();
        trace.tell(Kind.PAGE_UNMAPPED, mm.lane(), mm.id(), va, frame);
        Page page = mm.memory().pages().at(frame);
        if (page != null) {
            page.unmapped(mm, va);
            gather.add(page);
        }
    }

    /** The page is not there; whoever is moving it finds the place gone. */
    private void note(long va, long entry) {
        Note note = Note.of(entry);
        if (note.type() == Note.Type.SWAP) {
            mm.memory().putSlot(mm.memory().swap().get(note.number()));
        } else if (note.type() == Note.Type.DEVICE) {
            DevicePage page = mm.memory().devicePages().at(note.number());
            page.hold();
            page.places().remove(new MappedAt(mm, va));
            gather.add(page);
        } else {
            Page page = mm.memory().pages().at(note.frame());
            page.migrating().remove(new MappedAt(mm, va));
            gather.add(page);
        }
    }
}
