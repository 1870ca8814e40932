package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.memory.Frames;
import svasim.os.mm.EditedTables;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;

/** The default domain of a requester ID: page tables of the DMA API and their addresses. */
public final class DmaDomain {
    /** Devices with 32 address bits can use every address. */
    private static final long TOP = 1L << 32;

    /** An untranslated access to FEEx_xxxx is an interrupt, not DMA. */
    private static final long INTERRUPTS = 0xFEE0_0000L;

    private static final long INTERRUPT_BYTES = 0x10_0000L;

    private final int id;
    private final Stage stage;
    private final Frames frames;
    private final int owner;
    private final IovaSpace addresses = new IovaSpace(TOP);

    /**
     * @param id number by which the unit tags its translations: a domain, ASID or VMID
     * @param stage format and top table, which exists
     * @param owner of the tables
     */
    public DmaDomain(int id, Stage stage, Frames frames, int owner) {
        this.id = id;
        this.stage = stage;
        this.frames = frames;
        this.owner = owner;
        addresses.reserve(INTERRUPTS, INTERRUPT_BYTES);
    }

    public int id() {
        return id;
    }

    public Stage stage() {
        return stage;
    }

    /** Physical address of the top table. */
    public long root() {
        return stage.root();
    }

    IovaSpace addresses() {
        return addresses;
    }

    /** Edits the tables with the loads and stores of a core. */
    PageTableEditor editor(Cpu cpu) {
        return new PageTableEditor(stage, new EditedTables(cpu, frames, owner));
    }
}
