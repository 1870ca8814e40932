package svasim.os.iommu;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.memory.Frames;
import svasim.os.mm.EditedTables;
import svasim.paging.Access;
import svasim.paging.LeafVisitor;
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
    private final Messages messages;
    private final IovaSpace space;
    private final IovaCaches addresses;
    private final List<DmaBuffer> onDemand = new ArrayList<>();

    /**
     * How the unit reads the tables.
     *
     * @param stage format and top table, which exists
     * @param largestPageShift log2 of the largest page that it takes
     * @param coherent whether it looks into the caches of the cores
     */
    public record Tables(Stage stage, int largestPageShift, boolean coherent) {
        private static final int LARGE_PAGE_SHIFT = 21;

        /** Coherent tables with pages of up to 2 MiB. */
        public static Tables of(Stage stage) {
            return new Tables(stage, LARGE_PAGE_SHIFT, true);
        }
    }

    /** Mappings that are made otherwise than in tables: by messages to the unit. */
    public interface Messages {
        void map(long iova, long physical, int pageShift);

        void unmap(long iova, long bytes);
    }

    /**
     * @param id number by which the unit tags its translations: a domain, ASID or VMID
     */
    public DmaDomain(int id, Tables tables, UnitSite site) {
        this(id, tables, null, site);
    }

    /** A domain without tables. */
    public DmaDomain(int id, Messages messages, UnitSite site) {
        this(id, new Tables(null, Tables.LARGE_PAGE_SHIFT, true), messages, site);
    }

    private DmaDomain(int id, Tables tables, Messages messages, UnitSite site) {
        this.id = id;
        this.tables = tables;
        this.messages = messages;
        this.frames = site.frames();
        this.owner = site.owner();
        this.space =
                new IovaSpace(
                        TOP,
                        site.options().addressSpan().bytes(),
                        site.platform().kernel().random(site.name() + ".addresses"));
        space.reserve(INTERRUPTS, INTERRUPT_BYTES);
        this.addresses = new IovaCaches(space, site.options().iovaCaches());
    }

    /** Never hands out a range below 4 GiB; before the first buffer is mapped. */
    public void reserve(long start, long bytes) {
        if (start >= 0 && start < TOP) {
            space.reserve(start, bytes);
        }
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

    /** Pages of the buffer come when its device asks for them. */
    void addOnDemand(DmaBuffer buffer) {
        onDemand.add(buffer);
    }

    void removeOnDemand(DmaBuffer buffer) {
        onDemand.remove(buffer);
    }

    /** The buffer around a device address whose pages come when they are asked for, or null. */
    DmaBuffer onDemand(long address) {
        return onDemand.stream()
                .filter(buffer -> address >= buffer.iova())
                .filter(buffer -> address < buffer.iova() + buffer.bytes())
                .findFirst()
                .orElse(null);
    }

    /** Whether any buffer has such pages. */
    boolean servesRequests() {
        return !onDemand.isEmpty();
    }

    /** Takes memory for the page of a buffer around a byte; false if there is none. */
    boolean bringIn(DmaBuffer buffer, long offset) {
        return buffer.bringIn(offset, frames, owner);
    }

    /** Gives every table back; nothing is mapped and no entry points here any more. */
    void freeTables(Cpu cpu) {
        editor(cpu).unlinkEmptyTables(0, TOP, (table, bytes) -> frames.free(table));
        frames.free(root());
    }

    void map(Cpu cpu, long iova, long physical, int pageShift) {
        if (messages != null) {
            messages.map(iova, physical, pageShift);
        } else {
            editor(cpu).map(iova, physical, pageShift, Access.READ | Access.WRITE);
        }
    }

    void unmap(Cpu cpu, long iova, long bytes) {
        if (messages != null) {
            messages.unmap(iova, bytes);
        } else {
            editor(cpu).unmap(iova, bytes, LeafVisitor.NONE);
        }
    }

    /** Edits the tables with the loads and stores of a core. */
    private PageTableEditor editor(Cpu cpu) {
        return new PageTableEditor(tables.stage(), new EditedTables(cpu, frames, owner));
    }
}
