package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/** Makes a page present for an access that missed it, of a core or of a device. */
public final class PageFault {
    private static final String UNLOCK = "release mmap_lock";

    private static final Procedure<PageFault> FAULT =
            Procedure.<PageFault>named("handle_mm_fault")
                    .sleeping("take mmap_lock", 40_000, PageFault::lock)
                    .sleeping("find VMA", 80_000, PageFault::findVma)
                    .sleeping("allocate page", 350_000, PageFault::allocate)
                    .step("set PTE", 100_000, PageFault::map)
                    .sleeping(UNLOCK, 40_000, PageFault::unlock)
                    .build();

    private final Mm mm;
    private final long va;
    private final int access;
    private Fault fault;
    private Page page;
    private boolean permitted;

    /**
     * @param access wanted bits of {@link svasim.paging.Access}
     */
    public PageFault(Mm mm, long va, int access) {
        this.mm = mm;
        this.va = va & -PageTables.PAGE;
        this.access = access;
    }

    public Call<?> call() {
        return new Call<>(FAULT, this);
    }

    /** Whether the access may be tried again; else there is no such mapping or permission. */
    public boolean isResolved() {
        return permitted;
    }

    private Next lock(Cpu cpu) {
        return mm.lock().read(this);
    }

    /** Runs again after a fault of another kind was handled, until the access would succeed. */
    private Next findVma(Cpu cpu) {
        Vma vma = mm.vmas().at(va);
        permitted = vma != null && vma.permits(access) && !mm.isUnstable() && !isLost();
        if (!permitted) {
            return Next.jump(UNLOCK);
        }
        fault = new Fault(mm, vma, va, access);
        if (fault.isResolved()) {
            return Next.jump(UNLOCK);
        }
        Call<?> other = otherKind();
        return other == null ? Next.ON : new Next.EnterAgain(other);
    }

    /** Whether the page was in the memory of a device that has lost it. */
    private boolean isLost() {
        DevicePage page = mm.devicePage(va);
        return page != null && page.memory().isLost(page);
    }

    /** Who handles a fault that is not the first touch of anonymous memory or of a device. */
    private Call<?> otherKind() {
        if (mm.tables().leaf(va) != null) {
            return WriteFault.call(fault);
        }
        return switch (fault.noteType()) {
            case SWAP -> SwapFault.call(fault);
            case MIGRATION -> MigrationWait.call(fault);
            case DEVICE -> DeviceFault.call(fault);
            case NONE -> firstTouch();
        };
    }

    private Call<?> firstTouch() {
        if (fault.vma().regularFile() != null) {
            return FileFault.call(fault);
        }
        return HugeFault.suits(fault) ? HugeFault.call(fault) : null;
    }

    private Next allocate(Cpu cpu) {
        if (!fault.isNone() || !fault.vma().isAnonymous()) {
            return Next.ON;
        }
        Next room = Charge.next(mm, 1);
        if (room != Next.ON) {
            return room;
        }
        page = fault.pages().allocate(mm);
        long extraPs = mm.memory().allocationTimes().nextExtraPs();
        return extraPs == 0 ? Next.ON : Next.sleep(extraPs);
    }

    /** Two faults may have come to here: the later one finds the page there (pte_same). */
    private Next map(Cpu cpu) {
        if (mm.tableLock().isTaken()) {
            return Next.AGAIN;
        }
        if (!fault.isNone()) {
            giveBack();
        } else if (page != null) {
            fault.map(cpu, page);
        } else {
            long physical = fault.vma().behind(va);
            mm.tables().map(cpu, va, physical, fault.vma().access());
            mm.platform().trace().tell(Kind.PAGE_MAPPED, mm.lane(), mm.id(), va, physical);
        }
        return Next.ON;
    }

    private void giveBack() {
        if (page != null) {
            fault.pages().put(page);
        }
    }

    private Next unlock(Cpu cpu) {
        mm.lock().give(this);
        return Next.DONE;
    }
}
