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
    private final Frames frames;
    private final int owner;
    private final Tables tables;
    private final IovaCaches addresses;

    /**
     * How the unit reads the tables.
     *
     * @param stage format and top table, which exists
     * @param largestPageShift log2 of the largest page that it takes
     * @param coherent whether it looks into the caches of the cores
     */
    public record Tables(Stage stage, int largestPageShift, boolean coherent) {
        /** Coherent tables with pages of up to 2 MiB. */
        public static Tables of(Stage stage) {
            return new Tables(stage, 21, true);
        }
    }

    /**
     * @param id number by which the unit tags its translations: a domain, ASID or VMID
     */
    public DmaDomain(int id, Tables tables, UnitSite site) {
        this.id = id;
        this.tables = tables;
        this.frames = site.frames();
        this.owner = site.owner();
        IovaSpace space = new IovaSpace(TOP);
        space.reserve(INTERRUPTS, INTERRUPT_BYTES);
        this.addresses = new IovaCaches(space, site.options().iovaCaches());
    }

    public int id() {
        return id;
    }

    public Stage stage() {
        return tables.stage();
    }

    /** Physical address of the top table. */
    public long root() {
        return tables.stage().root();
    }

    int largestPageShift() {
        return tables.largestPageShift();
    }

    boolean isCoherent() {
        return tables.coherent();
    }

    IovaCaches addresses() {
        return addresses;
    }

    /** Edits the tables with the loads and stores of a core. */
    PageTableEditor editor(Cpu cpu) {
        return new PageTableEditor(tables.stage(), new EditedTables(cpu, frames, owner));
    }
}
