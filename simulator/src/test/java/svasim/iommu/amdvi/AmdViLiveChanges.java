package svasim.iommu.amdvi;

import java.util.List;
import svasim.iommu.core.LiveChange;

/** Ways from one translation of a page to another, through device entry and guest roots. */
final class AmdViLiveChanges {
    private static final int ROOT_MIDDLE_SHIFT = 15;

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
        long entry = AmdViUnderTest.DEVICE_TABLE + (long) AmdViUnderTest.DEVICE * 32;
        long root = unit.guestRootEntry(pasid);
        long tables = tables();
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
                        store(entry, unit.load(entry))));
    }

    private static LiveChange change(String name, Runnable forget, Runnable... stores) {
        return new LiveChange(name, List.of(stores), forget);
    }

    private Runnable store(long address, long value) {
        return () -> unit.store(address, value);
    }

    private long tables() {
        long table = unit.allocateTable(4, 4096);
        unit.map(AmdViUnderTest.guest(table), iova, output, AmdViUnderTest.READ_WRITE);
        return table;
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
