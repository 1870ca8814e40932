package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.os.mm.EditedTables;
import svasim.os.mm.ProcessStage;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.stats.Counter;

/**
 * Tables of the host that say at once what a guest's tables and its machine's second stage say
 * together: what the entry of a PASID shows of a guest that has to announce every change (VT-d
 * caching mode), where a unit cannot nest or is not let to. They are of the first stage, in pages
 * of 4 KiB. The memory of the machine stays where it is as long.
 */
public final class ShadowSpace implements GuestSpace {
    private static final Procedure<ShadowSpace> FREE =
            Procedure.<ShadowSpace>named("iommufd_hwpt_shadow_destroy")
                    .sleeping("free tables", 300_000, ShadowSpace::freeTables)
                    .build();

    private final int id;
    private final String name;
    private final Stage guest;
    private final SecondStage stage;
    private final UnitSite site;
    private final Stage tables;
    private final Counter copied;

    /**
     * @param id number in the trace, the same for no two address spaces
     * @param guest tables that are copied, with a guest-physical root
     * @param site of the unit that the tables are for
     * @param copied counts the entries that are written
     */
    ShadowSpace(
            int id, String name, Stage guest, SecondStage stage, UnitSite site, Counter copied) {
        this.id = id;
        this.name = name;
        this.guest = guest;
        this.stage = stage;
        this.site = site;
        this.copied = copied;
        long root = site.frames().allocate(FrameUse.PAGE_TABLE, site.owner());
        this.tables = ProcessStage.of(site.platform().cores().config().architecture(), root);
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long root() {
        return tables.root();
    }

    @Override
    public SecondStage stage() {
        return stage;
    }

    /** The guest's tables. */
    Stage guest() {
        return guest;
    }

    UnitSite site() {
        return site;
    }

    /** Edits the host's tables with the loads and stores of a core. */
    PageTableEditor editor(Cpu cpu) {
        return new PageTableEditor(tables, new EditedTables(cpu, site.frames(), site.owner()));
    }

    /** An entry was written or removed. */
    void changed() {
        copied.increment();
    }

    /**
     * Has the copy say what the guest's tables say now. When the call is over nothing that was
     * changed or removed is left in the unit or in the device.
     *
     * @param entry that shows the copy, or is about to
     * @param bytes size of the range, {@code Forwarding.ALL} for everything
     */
    public Call<?> sync(PasidEntry entry, long start, long bytes) {
        return ShadowSync.call(this, entry, start, bytes);
    }

    /** Gives the tables back, when no entry shows them any more. */
    public Call<?> free() {
        return new Call<>(FREE, this);
    }

    private Next freeTables(Cpu cpu) {
        PageTableEditor editor = editor(cpu);
        editor.unmap(0, ShadowSync.HALF, (input, output, shift, entry) -> {});
        editor.unlinkEmptyTables(0, ShadowSync.HALF, (table, size) -> site.frames().free(table));
        site.frames().free(root());
        return Next.DONE;
    }
}
