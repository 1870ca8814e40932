package svasim.os.mm;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/** do_huge_pmd_anonymous_page: first touch of 2 MiB of anonymous memory as a whole. */
final class HugeFault {
    private static final int PIECES = (int) (PageTables.HUGE / PageTables.PAGE);

    private static final Procedure<HugeFault> FAULT =
            Procedure.<HugeFault>named("do_huge_pmd_anonymous_page")
                    .sleeping("charge memory", 0, HugeFault::charge)
                    .sleeping("clear_huge_page", 90_000_000, HugeFault::allocate)
                    .step("set PMD", 150_000, HugeFault::map)
                    .build();

    private final Fault fault;
    private final long first;
    private List<Page> pages;

    private HugeFault(Fault fault) {
        this.fault = fault;
        this.first = fault.va() & -PageTables.HUGE;
    }

    static Call<?> call(Fault fault) {
        return new Call<>(FAULT, new HugeFault(fault));
    }

    /** Whether the mapping covers the 2 MiB, wants them, and nothing is there yet. */
    static boolean suits(Fault fault) {
        long first = fault.va() & -PageTables.HUGE;
        MmConfig.HugePages mode = fault.memory().config().hugePages();
        boolean wanted =
                mode == MmConfig.HugePages.ALWAYS
                        || mode == MmConfig.HugePages.MADVISE
                                && fault.vma().has(VmaFlag.HUGE_PAGES);
        return wanted
                && fault.vma().isAnonymous()
                && fault.vma().holds(first, first + PageTables.HUGE)
                && fault.pages().haveRoomForHuge(PIECES)
                && fault.mm().tables().hasRoomForHuge(first)
                && !fault.mm().tables().hasTable(first);
    }

    private Next charge(Cpu cpu) {
        return Charge.next(fault.mm(), PIECES);
    }

    private Next allocate(Cpu cpu) {
        pages = fault.pages().allocateHuge(fault.mm(), PIECES);
        return Next.ON;
    }

    /** Another fault in the 2 MiB may have been faster, with small pages or huge ones. */
    private Next map(Cpu cpu) {
        if (fault.mm().tableLock().isTaken()) {
            return Next.AGAIN;
        }
        if (suits(fault)) {
            install(fault.mm(), cpu, first, pages, fault.vma());
        } else {
            pages.forEach(fault.pages()::put);
        }
        return Next.DONE;
    }

    /** Maps pages that lie together as a huge one; the entry takes over their references. */
    static void install(Mm mm, Cpu cpu, long first, List<Page> pages, Vma vma) {
        long va = first;
        for (Page page : pages) {
            page.mapped(mm, va);
            va += PageTables.PAGE;
        }
        long frame = pages.get(0).frame();
        mm.tables().mapHuge(cpu, first, frame, vma.access());
        mm.platform().trace().tell(Kind.PAGE_MAPPED, mm.lane(), mm.id(), first, frame);
    }
}
