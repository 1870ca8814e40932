package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** Takes the pages of a mapping out of the page tables. */
final class Unmapping {
    private static final long PER_PAGE_PS = 30_000;

    private Unmapping() {}

    /** Clears the entries of a mapping; its anonymous pages are gathered, to be freed later. */
    static void unmap(Mm mm, Vma vma, Cpu cpu, Gather gather) {
        Trace trace = mm.platform().trace();
        mm.tables()
                .unmap(
                        cpu,
                        vma.start(),
                        vma.end(),
                        (va, frame) -> {
                            cpu.spend(PER_PAGE_PS);
                            trace.tell(Kind.PAGE_UNMAPPED, mm.lane(), mm.id(), va, frame);
                            if (vma.isAnonymous()) {
                                gather.add(frame);
                            }
                        });
    }
}
