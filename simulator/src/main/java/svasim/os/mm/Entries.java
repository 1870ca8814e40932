package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.paging.Access;
import svasim.paging.PageTableEditor;

/** What an entry permits: what its mapping permits, but no store to a page that others see. */
final class Entries {
    private Entries() {}

    /** Access for a page of a mapping. */
    static int access(Vma vma, Page page) {
        boolean copied = vma.isCopyOnWrite() && page != null && !page.isExclusive();
        return copied ? vma.access() & ~Access.WRITE : vma.access();
    }

    /** Remembers stores to the pages of a range, before entries that know of them go. */
    static void keepStores(Mm mm, long start, long end) {
        for (long va = start; va < end; va += PageTables.PAGE) {
            Page page = mm.pageAt(va);
            if (page != null && page.isLazyFree() && mm.tables().isDirty(va)) {
                page.lazyFree(false);
            }
        }
    }

    /** Gives the pages of a mapping what it permits now; whoever does this has to flush. */
    static void protect(Mm mm, Cpu cpu, Vma vma) {
        keepStores(mm, vma.start(), vma.end());
        for (long va = vma.start(); va < vma.end(); ) {
            PageTableEditor.Leaf leaf = mm.tables().leaf(va);
            if (leaf == null) {
                va += PageTables.PAGE;
                continue;
            }
            long end = leaf.input() + (1L << leaf.pageShift());
            Page page = mm.memory().pages().at(leaf.output());
            mm.tables().protect(cpu, leaf.input(), end, access(vma, page));
            va = end;
        }
    }
}
