package svasim.iommu.vtd;

import java.util.List;
import java.util.Set;
import svasim.iommu.core.LiveChange;
import svasim.paging.Access;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.paging.VtdSecondStage;
import svasim.paging.X86Stage;

/** Ways from one translation of a page to another, through each table that leads there. */
final class VtdLiveChanges {
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final long PRESENT_FIRST_STAGE = 0x41;
    private static final long NESTED = 0xC9;
    private static final long SECOND_STAGE = 0x89;

    private final VtdUnderTest unit;
    private final int pasid;
    private final long iova;
    private final long output;
    private final long entry;

    VtdLiveChanges(VtdUnderTest unit, int pasid, long iova, long output) {
        this.unit = unit;
        this.pasid = pasid;
        this.iova = iova;
        this.output = output;
        this.entry = unit.pasidEntry(pasid);
    }

    List<LiveChange> all() {
        long tables = first() | 0x11;
        return List.of(
                entryChange("other first-stage tables", store(entry + 16, tables)),
                entryChange(
                        "entry gone and back",
                        store(entry, 0),
                        store(entry + 16, tables),
                        store(entry, PRESENT_FIRST_STAGE)),
                entryChange(
                        "first stage to second stage",
                        store(entry, second().root() | SECOND_STAGE),
                        store(entry + 16, 0)),
                entryChange("first stage to nested", store(entry, belowTheFirst() | NESTED)),
                entryChange(
                        "other table of PASIDs",
                        store(directoryEntry(), tableWith(tables, pasid & 63) | 1)),
                new LiveChange(
                        "other directory",
                        List.of(store(VtdUnderTest.CONTEXT_ENTRY, otherDirectory(tables))),
                        this::forgetDevice));
    }

    private LiveChange entryChange(String name, Runnable... stores) {
        return new LiveChange(name, List.of(stores), () -> unit.invalidatePasid(pasid));
    }

    private void forgetDevice() {
        unit.descriptor((long) VtdUnderTest.DEVICE << 32 | VtdUnderTest.DOMAIN << 16 | 0x31, 0);
        unit.invalidatePasid(pasid);
    }

    private Runnable store(long address, long value) {
        return () -> unit.poke(address, value);
    }

    private long first() {
        long root = table();
        new PageTableEditor(new X86Stage(4, root, 52, Set.of()), unit)
                .map(iova, output, 12, READ_WRITE);
        return root;
    }

    private Stage second() {
        Stage stage = new VtdSecondStage(4, table(), 48, 52, pages2M());
        new PageTableEditor(stage, unit).map(iova, output, 12, READ_WRITE);
        return stage;
    }

    /** A second stage that leaves the tables where they are, and moves the page. */
    private long belowTheFirst() {
        Stage stage = new VtdSecondStage(4, table(), 48, 52, pages2M());
        var editor = new PageTableEditor(stage, unit);
        long tables = stage.root() & -1L << 21;
        editor.map(tables, tables, 21, READ_WRITE);
        long page = unit.peek(unit.leafEntry(pasid, iova)) & 0xF_FFFF_FFFF_F000L;
        editor.map(page, output, 12, READ_WRITE);
        return stage.root();
    }

    private long otherDirectory(long tables) {
        long directory = table();
        unit.poke(directory + (pasid >>> 6) * 8L, tableWith(tables, pasid & 63) | 1);
        return directory | VtdUnderTest.CONTEXT_LOW & 0xFFF;
    }

    private long directoryEntry() {
        return VtdUnderTest.DIRECTORY + (pasid >>> 6) * 8L;
    }

    /** A table of PASID entries with one entry. */
    private long tableWith(long tables, int index) {
        long table = table();
        unit.poke(table + index * 64L + 8, unit.peek(entry + 8));
        unit.poke(table + index * 64L + 16, tables);
        unit.poke(table + index * 64L, PRESENT_FIRST_STAGE);
        return table;
    }

    private static Set<VtdSecondStage.Option> pages2M() {
        return Set.of(VtdSecondStage.Option.PAGES_2M);
    }

    private long table() {
        return unit.allocateTable(0, 4096);
    }
}
