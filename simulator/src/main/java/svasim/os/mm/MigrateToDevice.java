package svasim.os.mm;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;
import svasim.trace.Kind;

/**
 * migrate_vma_setup, _pages and _finalize: moves the private anonymous pages of a range into the
 * memory of a device. Translations become migration entries, every TLB and notifier is told, the
 * device copies, and only then entries say where the pages are. Pages that are shared, pinned or
 * not there stay as they are.
 */
public final class MigrateToDevice {
    private static final String UNLOCK = "release mmap_lock";

    private static final Procedure<MigrateToDevice> MIGRATE =
            Procedure.<MigrateToDevice>named("migrate_vma")
                    .sleeping("take mmap_lock", 40_000, MigrateToDevice::lock)
                    .sleeping("find VMA", 80_000, MigrateToDevice::findVma)
                    .step("migrate_vma_setup", 200_000, MigrateToDevice::collect)
                    .step("flush_tlb_range", 50_000, MigrateToDevice::flush)
                    .sleeping("copy to device", 200_000, MigrateToDevice::copy)
                    .step("migrate_vma_pages", 200_000, MigrateToDevice::install)
                    .sleeping("migrate_vma_finalize", 100_000, MigrateToDevice::putOld)
                    .sleeping(UNLOCK, 40_000, MigrateToDevice::unlock)
                    .build();

    /** A page on its way. */
    private record Moving(long va, Page page, DevicePage target) {}

    private final Mm mm;
    private final DeviceMemory memory;
    private final List<Moving> moving = new ArrayList<>();
    private long start;
    private long end;
    private Vma vma;
    private int moved;

    /** Of a range of whole pages. */
    public MigrateToDevice(Mm mm, long start, long bytes, DeviceMemory memory) {
        this.mm = mm;
        this.start = start;
        this.end = start + bytes;
        this.memory = memory;
    }

    public Call<?> call() {
        return new Call<>(MIGRATE, this);
    }

    /** Pages that are in the device's memory now. */
    public int moved() {
        return moved;
    }

    private Next lock(Cpu cpu) {
        return mm.lock().read(this);
    }

    /** The part of the range that belongs to the mapping at the first address that is mapped. */
    private Next findVma(Cpu cpu) {
        while (start < end && mm.vmas().at(start) == null) {
            start += PageTables.PAGE;
        }
        vma = mm.vmas().at(start);
        if (start >= end || !vma.isAnonymous() || vma.has(VmaFlag.SHARED) || mm.isUnstable()) {
            return Next.jump(UNLOCK);
        }
        end = Math.min(end, vma.end());
        return Next.ON;
    }

    private Next collect(Cpu cpu) {
        Call<?> split = SplitHuge.within(mm, start, end);
        if (split != null) {
            return new Next.EnterAgain(split);
        }
        if (mm.tableLock().isTaken()) {
            return Next.AGAIN;
        }
        for (long va = start; va < end; va += PageTables.PAGE) {
            Page page = mm.pageAt(va);
            long offset = suits(page) ? memory.allocate() : DeviceMemory.NO_ROOM;
            if (offset != DeviceMemory.NO_ROOM) {
                take(cpu, va, page, offset);
            }
        }
        return moving.isEmpty() ? Next.jump(UNLOCK) : Next.ON;
    }

    private static boolean suits(Page page) {
        return page != null
                && page.isExclusive()
                && page.slot() == null
                && !page.isLazyFree()
                && ReclaimPage.suits(page);
    }

    private void take(Cpu cpu, long va, Page page, long offset) {
        page.lock();
        page.get();
        mm.tables().note(cpu, va, Note.migration(page));
        mm.tell(Kind.PAGE_UNMAPPED, mm.id(), va, page.frame());
        page.unmapped(mm, va);
        page.migrating().add(new MappedAt(mm, va));
        moving.add(new Moving(va, page, mm.memory().devicePages().add(memory, offset)));
    }

    private Next flush(Cpu cpu) {
        return Next.call(TlbFlush.of(mm, start, end));
    }

    private Next copy(Cpu cpu) {
        List<DeviceMemory.Move> moves = new ArrayList<>();
        moving.forEach(one -> moves.add(new DeviceMemory.Move(one.page().frame(), one.target())));
        return Next.call(memory.copyIn(moves));
    }

    private Next install(Cpu cpu) {
        if (mm.tableLock().isTaken()) {
            return Next.AGAIN;
        }
        moving.forEach(one -> install(cpu, one));
        return Next.ON;
    }

    /** A page whose place has been unmapped meanwhile goes nowhere. */
    private void install(Cpu cpu, Moving one) {
        if (!one.page().migrating().remove(new MappedAt(mm, one.va()))) {
            return;
        }
        if (memory.isLost(one.target())) {
            mm.tables().clear(cpu, one.va());
            new Fault(mm, vma, one.va(), 0).map(cpu, one.page());
            return;
        }
        mm.tables().note(cpu, one.va(), Note.device(one.target()));
        one.target().places().add(new MappedAt(mm, one.va()));
        mm.memory().pages().put(one.page());
        memory.arrived(cpu, mm, one.va(), one.target(), vma.permits(Access.WRITE));
        moved++;
    }

    private Next putOld(Cpu cpu) {
        for (Moving one : moving) {
            one.page().unlock();
            mm.memory().pages().put(one.page());
            mm.memory().devicePages().put(one.target());
        }
        return Next.ON;
    }

    private Next unlock(Cpu cpu) {
        mm.lock().give(this);
        return Next.DONE;
    }
}
