package svasim.os.mm;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Architecture;
import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.defect.Defect;
import svasim.os.task.Platform;
import svasim.paging.Access;
import svasim.paging.LeafVisitor;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;

/**
 * Page tables of the kernel. On x86 the upper half of each top table has the same entries as that
 * of the kernel (init_mm), so that whoever walks the tables of a process, as an IOMMU does, finds
 * those of the kernel below them; they permit nothing to programs. On Arm the kernel has a top
 * table of its own, TTBR1, in which walks for processes are switched off.
 *
 * <p>The kernel's top table comes into being when something is mapped first; entries that it gets
 * later are written into all others (sync_global_pgds).
 */
final class KernelTables {
    private static final int HUGE_SHIFT = 21;

    private final Platform platform;
    private final Architecture architecture;

    /** Address spaces whose top tables exist (pgd_list). */
    private final List<Mm> spaces = new ArrayList<>();

    /** Tables that wait for IOMMUs to forget them. */
    private final List<Long> parked = new ArrayList<>();

    private Stage stage;

    KernelTables(Platform platform) {
        this.platform = platform;
        this.architecture = platform.cores().config().architecture();
    }

    Platform platform() {
        return platform;
    }

    /** An address space has got its top table, which nobody walks yet (pgd_ctor). */
    void add(Mm mm) {
        spaces.add(mm);
        if (isShared()) {
            for (long at = PhysicalMemory.FRAME_BYTES / 2;
                    at < PhysicalMemory.FRAME_BYTES;
                    at += Long.BYTES) {
                platform.memory().writeLong(mm.root() + at, entry(at));
            }
        }
    }

    /** An address space is about to lose its top table (pgd_dtor). */
    void remove(Mm mm) {
        spaces.remove(mm);
    }

    List<Mm> spaces() {
        return List.copyOf(spaces);
    }

    /** Maps an area, in the tables that there are or new ones. */
    void map(Cpu cpu, KernelArea area) {
        PageTableEditor editor = editor(cpu);
        int shift = area.isHuge() ? HUGE_SHIFT : PageTables.PAGE_SHIFT;
        int access = Access.READ | Access.WRITE | Access.PRIVILEGED;
        for (long done = 0; done < area.bytes(); done += 1L << shift) {
            long frame = area.frames().get((int) (done / PageTables.PAGE));
            editor.map(area.start() + done, frame, shift, access);
        }
    }

    /** Unmaps an area; its tables stay. */
    void unmap(Cpu cpu, KernelArea area) {
        editor(cpu).unmap(area.start(), area.bytes(), LeafVisitor.NONE);
    }

    /** Takes tables of small pages out, where huge ones shall be (pmd_free_pte_page). */
    List<Long> takeTables(Cpu cpu, KernelArea area) {
        PageTableEditor editor = editor(cpu);
        List<Long> taken = new ArrayList<>();
        for (long va = area.start(); area.isHuge() && va < area.end(); va += PageTables.HUGE) {
            if (editor.hasTable(va, HUGE_SHIFT)) {
                taken.add(editor.unlinkTable(va, HUGE_SHIFT));
            }
        }
        return taken;
    }

    /** Writes the kernel's entries into all top tables that lack one. */
    void synchronise(Cpu cpu) {
        if (!isShared()) {
            return;
        }
        for (long at = PhysicalMemory.FRAME_BYTES / 2;
                at < PhysicalMemory.FRAME_BYTES;
                at += Long.BYTES) {
            long entry = entry(at);
            for (Mm mm : spaces) {
                if (entry != platform.cores().latest(mm.root() + at)) {
                    cpu.store(mm.root() + at, entry);
                }
            }
        }
    }

    /**
     * Frees tables that have been taken out (pagetable_free_kernel). Where IOMMUs may have cached
     * pointers to them they wait until a worker has told all of them.
     */
    void free(List<Long> tables) {
        boolean cachedElsewhere = architecture == Architecture.X86_64;
        if (!cachedElsewhere || platform.defects().has(Defect.S33)) {
            tables.forEach(platform.frames()::free);
            return;
        }
        if (parked.isEmpty() && !tables.isEmpty()) {
            platform.events().add(KernelTableFree.call(this));
        }
        parked.addAll(tables);
    }

    /** Tables that wait, which become the caller's. */
    List<Long> takeParked() {
        List<Long> taken = List.copyOf(parked);
        parked.clear();
        return taken;
    }

    /** Whether top tables of processes have entries of the kernel. */
    private boolean isShared() {
        return stage != null && architecture == Architecture.X86_64;
    }

    private long entry(long at) {
        return platform.cores().latest(stage.root() + at);
    }

    private PageTableEditor editor(Cpu cpu) {
        int owner = KernelMemory.KERNEL;
        if (stage == null) {
            long root = platform.frames().allocate(FrameUse.PAGE_TABLE, owner);
            stage = ProcessStage.of(architecture, root);
        }
        return new PageTableEditor(stage, new EditedTables(cpu, platform.frames(), owner));
    }
}
