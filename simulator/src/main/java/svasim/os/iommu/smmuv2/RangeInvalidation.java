package svasim.os.iommu.smmuv2;

import java.util.List;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;

/** A range of a process is unmapped: its devices share one bank, and have no caches. */
final class RangeInvalidation {
    private RangeInvalidation() {}

    static Call<?> call(Unit unit, List<PasidEntry> entries, long start, long end) {
        Defects defects = unit.site().platform().defects();
        if (entries.isEmpty() || end == -1L && defects.has(Defect.S31)) {
            return Call.nothing();
        }
        ContextBank bank = unit.process(entries.get(0).space()).bank();
        return defects.has(Defect.I_01)
                ? TlbRange.withoutSynchronisation(unit, bank, start, end)
                : TlbRange.range(unit, bank, start, end);
    }
}
