package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;
import svasim.trace.Kind;

/**
 * An access to a page that is there and does not permit it although its mapping does: a store to a
 * page that others see too makes a copy (do_wp_page); the only one who sees a page gets it writable
 * as it is; a page that permits nothing is a hint of NUMA balancing (do_numa_page).
 */
final class WriteFault {
    private static final Procedure<WriteFault> FAULT =
            Procedure.<WriteFault>named("do_wp_page")
                    .sleeping("decide", 50_000, WriteFault::decide)
                    .build();

    private static final Procedure<WriteFault> REUSE =
            Procedure.<WriteFault>named("wp_page_reuse")
                    .step("set PTE", 50_000, WriteFault::reuse)
                    .build();

    private static final Procedure<WriteFault> COPY =
            Procedure.<WriteFault>named("wp_page_copy")
                    .sleeping("charge memory", 0, WriteFault::charge)
                    .sleeping("allocate page", 350_000, WriteFault::allocate)
                    .sleeping("copy page", 300_000, WriteFault::copy)
                    .step("take page_table_lock", 20_000, WriteFault::lock)
                    .step("ptep_clear_flush", 50_000, WriteFault::clear)
                    .step("set PTE", 50_000, WriteFault::map)
                    .sleeping("put old page", 50_000, WriteFault::putOld)
                    .build();

    private final Fault fault;
    private final Mm mm;
    private final long va;
    private Page old;
    private Page copy;

    private WriteFault(Fault fault) {
        this.fault = fault;
        this.mm = fault.mm();
        this.va = fault.va();
    }

    static Call<?> call(Fault fault) {
        return new Call<>(FAULT, new WriteFault(fault));
    }

    private Next decide(Cpu cpu) {
        if (mm.tableLock().isTaken()) {
            return Next.AGAIN;
        }
        old = fault.mapped();
        if (old != null && old.isLocked()) {
            return Next.await(old.unlocked());
        }
        boolean write = (fault.access() & Access.WRITE) != 0;
        if (!write || old == null || !fault.vma().isCopyOnWrite() || old.isExclusive()) {
            return Next.call(new Call<>(REUSE, this));
        }
        if (mm.tables().leaf(va).pageShift() != PageTables.PAGE_SHIFT) {
            return Next.call(SplitHuge.call(mm, va));
        }
        old.get();
        return Next.call(new Call<>(COPY, this));
    }

    /**
     * The entry permits more than before. On x86 a core whose TLB does not know that faults again
     * and looks anew; on Arm every TLB is told, the IOMMU's and the devices' too (S30).
     */
    private Next reuse(Cpu cpu) {
        Page page = fault.mapped();
        if (page == null && !fault.vma().isDevice()) {
            return Next.DONE;
        }
        if (page != null) {
            page.lazyFree(false);
        }
        long end = va + PageTables.PAGE;
        mm.tables().protectWhole(cpu, va, Entries.access(fault.vma(), page));
        mm.platform().cores().of(cpu).tlb().invalidate(va, end);
        if (!fault.tellsOfUpgrades()) {
            return Next.DONE;
        }
        boolean secondary = !mm.platform().defects().has(Defect.S30);
        return Next.call(TlbFlush.ofUpgrade(mm, va, end, secondary));
    }

    private Next charge(Cpu cpu) {
        return Charge.next(mm, 1);
    }

    private Next allocate(Cpu cpu) {
        copy = fault.pages().allocate(mm);
        return Next.ON;
    }

    private Next copy(Cpu cpu) {
        fault.pages().copy(old, copy);
        return Next.ON;
    }

    private Next lock(Cpu cpu) {
        return mm.tableLock().take(this);
    }

    /** Nothing may hold the old translation when the new page becomes visible. */
    private Next clear(Cpu cpu) {
        if (fault.mapped() != old) {
            mm.tableLock().give(this);
            fault.pages().put(copy);
            return Next.jump("put old page");
        }
        mm.tables().clear(cpu, va);
        mm.platform().trace().tell(Kind.PAGE_UNMAPPED, mm.lane(), mm.id(), va, old.frame());
        return Next.call(TlbFlush.of(mm, va, va + PageTables.PAGE));
    }

    private Next map(Cpu cpu) {
        old.unmapped(mm, va);
        fault.map(cpu, copy);
        mm.tableLock().give(this);
        fault.pages().put(old);
        return Next.ON;
    }

    private Next putOld(Cpu cpu) {
        fault.pages().put(old);
        return Next.DONE;
    }
}
