package svasim.os.iommu.vtd;

import java.util.Set;
import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.os.mm.EditedTables;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.paging.VtdSecondStage;
import svasim.paging.X86Stage;

/**
 * Page tables of a device's DMA API: second stage where the unit has it, else first stage. Device
 * addresses are handed out downwards from 4 GiB and not handed out again.
 */
final class DmaDomain {
    private static final long TOP = 1L << 32;
    private static final int ADDRESS_BITS = 52;

    /** An untranslated access to FEEx_xxxx is an interrupt, not DMA. */
    private static final long INTERRUPTS_START = 0xFEE0_0000L;

    private static final long INTERRUPTS_END = 0xFEF0_0000L;

    private final int id;
    private final boolean secondStage;
    private final int levels;
    private final long root;
    private final Stage stage;
    private final Frames frames;
    private final int owner;
    private long lowest = TOP;

    DmaDomain(Unit unit, int id) {
        Capabilities has = unit.capabilities();
        this.id = id;
        this.frames = unit.frames();
        this.owner = unit.owner();
        this.secondStage = !has.scalableMode() || has.secondStage();
        this.levels = secondStage ? has.secondStageLevels() : 4;
        this.root = frames.allocate(FrameUse.PAGE_TABLE, owner);
        this.stage = secondStage ? second() : new X86Stage(levels, root, ADDRESS_BITS, Set.of());
    }

    private Stage second() {
        int guestBits = 12 + 9 * levels;
        Set<VtdSecondStage.Option> options = Set.of(VtdSecondStage.Option.PAGES_2M);
        return new VtdSecondStage(levels, root, guestBits, ADDRESS_BITS, options);
    }

    int id() {
        return id;
    }

    boolean usesSecondStage() {
        return secondStage;
    }

    int levels() {
        return levels;
    }

    long root() {
        return root;
    }

    /** Takes device addresses, aligned to their size of page and clear of the interrupt range. */
    long allocate(long bytes, int pageShift) {
        long alignment = -(1L << pageShift);
        long start = lowest - bytes & alignment;
        if (start < INTERRUPTS_END && lowest > INTERRUPTS_START) {
            start = INTERRUPTS_START - bytes & alignment;
        }
        lowest = start;
        if (lowest <= 0) {
            throw new IllegalStateException("VT-d driver: no device addresses left");
        }
        return lowest;
    }

    /** Edits the tables with the loads and stores of a core. */
    PageTableEditor editor(Cpu cpu) {
        return new PageTableEditor(stage, new EditedTables(cpu, frames, owner));
    }
}
