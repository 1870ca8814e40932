package svasim.os.iommu.vtd;

import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** intel_mm_release: each entry is cut and flushed; nothing is drained, nobody is waited for. */
final class Release {
    private static final Procedure<Release> RELEASE =
            Procedure.<Release>named("intel_mm_release")
                    .step("take domain lock", 50_000, Release::begin)
                    .step("tear down PASID entry", 30_000, Release::cutNext)
                    .build();

    private final Unit unit;
    private final Iterator<PasidEntry> entries;

    private Release(Unit unit, List<PasidEntry> entries) {
        this.unit = unit;
        this.entries = entries.iterator();
    }

    static Call<?> call(Unit unit, List<PasidEntry> entries) {
        return new Call<>(RELEASE, new Release(unit, entries));
    }

    private Next begin(Cpu cpu) {
        return Next.ON;
    }

    private Next cutNext(Cpu cpu) {
        return entries.hasNext()
                ? new Next.EnterAgain(TearDown.toNeutral(unit, entries.next()))
                : Next.DONE;
    }
}
