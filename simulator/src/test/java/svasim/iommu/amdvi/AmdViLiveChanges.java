package svasim.iommu.amdvi;

import java.util.List;
import java.util.Set;
import svasim.iommu.core.LiveChange;
import svasim.iommu.core.RandomPages;
import svasim.iommu.core.TestTables;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.paging.X86Stage;

/** Ways from one translation of a page to another, through device entry and guest roots. */
final class AmdViLiveChanges {
    private static final int ROOT_MIDDLE_SHIFT = 15;
    private static final long TRANSLATION_VALID = 1 << 1;
    private static final long FOUR_HOST_LEVELS = 4 << 9;
    private static final long FIVE_GUEST_LEVELS = 1L << 54;

    private final AmdViUnderTest unit;
    private final int pasid;
    private final long iova;
    private final long output;

    AmdViLiveChanges(AmdViUnderTest unit, int pasid, long iova, long output) {
        this.unit = unit;
        this.pasid = pasid;
        this.iova = iova;
        this.output = output;
    }

    /**
     * @param forget sends the invalidations
     */
    List<LiveChange> all(Runnable forget) {
        long entry = AmdViUnderTest.deviceEntry();
        long root = unit.guestRootEntry(pasid);
        long tables = tables(4);
        long roots = rootsBelow(tables);
        return List.of(
                change("other guest tables", forget, store(root, tables | 1)),
                change("root gone and back", forget, store(root, 0), store(root, tables | 1)),
                change("other guest roots", forget, store(entry + 8, otherRoots(roots))),
                change(
                        "device gone and back",
                        forget,
                        store(entry, 0),
                        store(entry + 8, otherRoots(roots)),
                        store(entry, unit.load(entry))),
                change(
                        "guest tables of five levels",
                        forget,
                        store(entry, unit.load(entry) & ~TRANSLATION_VALID),
                        store(root, tables(5) | 1),
                        store(entry + 16, FIVE_GUEST_LEVELS),
                        store(entry, unit.load(entry))),
                change(
                        "host tables below",
                        forget,
                        () -> unit.store(entry, unit.load(entry) | host())));
    }

    private static LiveChange change(String name, Runnable forget, Runnable... stores) {
        return new LiveChange(name, List.of(stores), forget);
    }

    private Runnable store(long address, long value) {
        return () -> unit.store(address, value);
    }

    private long tables(int levels) {
        long table = unit.allocateTable(levels, 4096);
        var stage = new X86Stage(levels, table, 52, Set.of());
        unit.map(stage, iova, output, AmdViUnderTest.READ_WRITE);
        return table;
    }

    /** Mode and root of host tables that leave the tables where they are, and move the page. */
    private long host() {
        long page = new PageTableEditor(unit.guestOf(pasid), unit).lookup(iova).output();
        Stage host = AmdViUnderTest.host(4, unit.allocateTable(4, 4096));
        List<Long> tables = TestTables.pages(AmdViUnderTest.TABLES, unit.tablesEnd());
        RandomPages.mapToThemselves(host, unit, tables);
        unit.map(host, page & -4096, output, AmdViUnderTest.READ_WRITE);
        return FOUR_HOST_LEVELS | host.root();
    }

    /** Guest roots of two levels that differ from the unit's in GCR3[30:15] only. */
    private long rootsBelow(long tables) {
        long upper = AmdViUnderTest.GCR3 + (1L << ROOT_MIDDLE_SHIFT);
        long lower = unit.allocateTable(0, 4096);
        unit.store(upper + (pasid >>> 9) * 8L, lower | 1);
        unit.store(lower + (pasid & 0x1FF) * 8L, tables | 1);
        return upper;
    }

    /** The second word of the device entry with these guest roots. */
    private static long otherRoots(long roots) {
        long word = AmdViUnderTest.root1(AmdViUnderTest.ATS);
        return word & ~0xFFFF_0000L | (roots >>> ROOT_MIDDLE_SHIFT & 0xFFFF) << 16;
    }
}
