package svasim.os.iommu.vtd;

import svasim.cpu.Cpu;
import svasim.os.iommu.GuestSpace;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** cache_tag_unassign_domain; with the last PASID, page requests of the device end too. */
final class Forget {
    private static final Procedure<Forget> FORGET =
            Procedure.<Forget>named("intel_svm_remove_dev_pasid")
                    .sleeping("unassign cache tags", 150_000, Forget::removeTags)
                    .build();

    private final Unit unit;
    private final PasidEntry entry;

    private Forget(Unit unit, PasidEntry entry) {
        this.unit = unit;
        this.entry = entry;
    }

    static Call<?> call(Unit unit, PasidEntry entry) {
        return new Call<>(FORGET, new Forget(unit, entry));
    }

    private Next removeTags(Cpu cpu) {
        unit.state(entry.device()).removePasid(entry.pasid());
        if (entry.space() instanceof GuestSpace guest) {
            unit.state(entry.device()).removeNested(entry.pasid());
            unit.guestTags().drop(entry.device().group(), guest.stage());
        }
        return Next.call(unit.leaveFaults(entry));
    }
}
