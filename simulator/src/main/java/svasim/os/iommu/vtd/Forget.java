package svasim.os.iommu.vtd;

import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.PageGroup;
import svasim.os.iommu.PageResponse;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** cache_tag_unassign_domain and iopf_queue_remove_device. */
final class Forget {
    private static final Procedure<Forget> FORGET =
            Procedure.<Forget>named("intel_svm_remove_dev_pasid")
                    .sleeping("unassign cache tags", 150_000, Forget::removeTags)
                    .sleeping("answer pending groups", 20_000, Forget::answerNext)
                    .build();

    private final VtdDriver driver;
    private final Unit unit;
    private final PasidEntry entry;
    private Iterator<PageGroup> pending;

    private Forget(VtdDriver driver, Unit unit, PasidEntry entry) {
        this.driver = driver;
        this.unit = unit;
        this.entry = entry;
    }

    static Call<?> call(VtdDriver driver, Unit unit, PasidEntry entry) {
        return new Call<>(FORGET, new Forget(driver, unit, entry));
    }

    private Next removeTags(Cpu cpu) {
        boolean last = unit.state(entry.device()).removeTag(entry.pasid());
        List<PageGroup> left =
                last ? unit.faults().removeDevice(entry.device()) : List.<PageGroup>of();
        pending = left.iterator();
        return Next.ON;
    }

    private Next answerNext(Cpu cpu) {
        return pending.hasNext()
                ? new Next.EnterAgain(driver.respond(pending.next(), PageResponse.INVALID_REQUEST))
                : Next.DONE;
    }
}
