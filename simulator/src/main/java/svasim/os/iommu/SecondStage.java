package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.os.mm.EditedTables;
import svasim.os.mm.InspectedTables;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;
import svasim.paging.LeafVisitor;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;

/**
 * From guest-physical to host-physical addresses: the memory of a virtual machine as the devices
 * behind one unit see it, in tables of the unit's second stage. Every device that is assigned to
 * the machine uses them, and so does every {@link NestedSpace} over them.
 */
public final class SecondStage {
    /** Pages that are mapped in one step; their entries are as many bytes as eight cache lines. */
    private static final int BATCH = 64;

    private static final int LARGE_PAGE_SHIFT = 21;
    private static final int PAGE_SHIFT = 12;
    private static final String MAP_NEXT = "iommu_map";
    private static final String SYNC = "iotlb_sync_map";

    private static final Procedure<Range> MAP =
            Procedure.<Range>named("iopt_map_pages")
                    .sleeping(MAP_NEXT, 50_000, Range::mapNext)
                    .sleeping("clflush entries", 400_000, Range::writeBack)
                    .sleeping(SYNC, 20_000, Range::invalidate)
                    .build();

    private static final Procedure<Range> UNMAP =
            Procedure.<Range>named("iopt_unmap_iova_range")
                    .sleeping("iommu_unmap", 100_000, Range::unmap)
                    .sleeping("iommu_iotlb_sync", 50_000, Range::invalidate)
                    .build();

    private static final Procedure<SecondStage> FREE =
            Procedure.<SecondStage>named("iommufd_hwpt_paging_destroy")
                    .sleeping("free tables", 300_000, SecondStage::freeTables)
                    .build();

    private final int id;
    private final DmaDomain.Tables tables;
    private final RemappingUnit<?> unit;
    private long pages;

    /**
     * @param id number of the virtual machine
     * @param tables with an empty top table
     */
    public SecondStage(int id, DmaDomain.Tables tables, RemappingUnit<?> unit) {
        this.id = id;
        this.tables = tables;
        this.unit = unit;
    }

    /** Number of the virtual machine. */
    public int id() {
        return id;
    }

    /** Host-physical address of the top table. */
    public long root() {
        return tables.stage().root();
    }

    /** Format of the tables. */
    public Stage stage() {
        return tables.stage();
    }

    /** Pages of 4 KiB that are mapped. */
    long pages() {
        return pages;
    }

    DmaDomain.Tables tables() {
        return tables;
    }

    /**
     * Maps memory where none is mapped, in pages as large as they can be; the caller owns the
     * frames and keeps them.
     *
     * @param gpa guest-physical address, a multiple of 4 KiB like the others
     * @param hpa host-physical address
     */
    public Call<?> map(long gpa, long hpa, long bytes) {
        return new Call<>(MAP, new Range(this, gpa, hpa, bytes));
    }

    /**
     * Takes memory away; when the call is over, no unit and no device has anything left of it, nor
     * of a translation of the guest that led there.
     */
    public Call<?> unmap(long gpa, long bytes) {
        return new Call<>(UNMAP, new Range(this, gpa, 0, bytes));
    }

    /** Gives the tables back, when no device uses them any more. */
    public Call<?> free() {
        return new Call<>(FREE, this);
    }

    /** Host-physical address that is mapped at once for a guest-physical one, or -1. */
    public long physical(long gpa) {
        InspectedTables memory = new InspectedTables(unit.site().platform().cores());
        PageTableEditor.Leaf leaf = new PageTableEditor(stage(), memory).lookup(gpa);
        return leaf == null ? -1 : leaf.output() + (gpa - leaf.input());
    }

    private Next freeTables(Cpu cpu) {
        editor(cpu)
                .unlinkEmptyTables(0, 1L << stage().inputBits(), (table, size) -> unit.free(table));
        unit.free(root());
        return Next.DONE;
    }

    private PageTableEditor editor(Cpu cpu) {
        UnitSite site = unit.site();
        return new PageTableEditor(stage(), new EditedTables(cpu, site.frames(), site.owner()));
    }

    /** Addresses that are being mapped or unmapped. */
    private static final class Range {
        private final SecondStage stage;
        private final long gpa;
        private final long hpa;
        private final long bytes;
        private long done;

        Range(SecondStage stage, long gpa, long hpa, long bytes) {
            this.stage = stage;
            this.gpa = gpa;
            this.hpa = hpa;
            this.bytes = bytes;
        }

        private Next mapNext(Cpu cpu) {
            PageTableEditor editor = stage.editor(cpu);
            for (int pages = 0; pages < BATCH && done < bytes; pages++) {
                int shift = pageShift();
                editor.map(gpa + done, hpa + done, shift, Access.READ | Access.WRITE);
                done += 1L << shift;
                stage.pages += 1L << shift - PAGE_SHIFT;
            }
            return stage.tables.coherent() ? next() : Next.ON;
        }

        private int pageShift() {
            boolean large =
                    stage.tables.largestPageShift() >= LARGE_PAGE_SHIFT
                            && bytes - done >= 1L << LARGE_PAGE_SHIFT
                            && (gpa + done | hpa + done) << -LARGE_PAGE_SHIFT == 0;
            return large ? LARGE_PAGE_SHIFT : PAGE_SHIFT;
        }

        /** Where the unit does not look into the caches of the cores. */
        private Next writeBack(Cpu cpu) {
            return next();
        }

        private Next next() {
            if (done < bytes) {
                return Next.jump(MAP_NEXT);
            }
            return stage.unit.cachesMissingEntries() ? Next.jump(SYNC) : Next.DONE;
        }

        private Next unmap(Cpu cpu) {
            long piece = Math.min(bytes - done, 1L << LARGE_PAGE_SHIFT);
            LeafVisitor count = (at, to, shift, leaf) -> stage.pages -= 1L << shift - PAGE_SHIFT;
            stage.editor(cpu).unmap(gpa + done, piece, count);
            done += piece;
            return done < bytes ? Next.AGAIN : Next.ON;
        }

        private Next invalidate(Cpu cpu) {
            return Next.call(stage.unit.invalidate(stage, Block.covering(gpa, gpa + bytes)));
        }
    }
}
