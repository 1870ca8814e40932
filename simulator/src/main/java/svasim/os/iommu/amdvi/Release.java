package svasim.os.iommu.amdvi;

import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** sva_mn_release: each device loses the address space; nothing is drained. */
final class Release {
    private static final Procedure<Release> RELEASE =
            Procedure.<Release>named("sva_mn_release")
                    .step("remove device", 30_000, Release::removeNext)
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

    private Next removeNext(Cpu cpu) {
        return entries.hasNext()
                ? new Next.EnterAgain(GuestRoot.remove(unit, entries.next()))
                : Next.DONE;
    }
}
