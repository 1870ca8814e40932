package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.IommuGroup;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/**
 * The end of a driver's own domain: entry and caches first, then the page requests that are under
 * way, then the tables; the number last.
 */
final class Detaching {
    private static final Procedure<Detaching> DETACH =
            Procedure.<Detaching>named("iommu_detach_device_pasid")
                    .sleeping("begin", 20_000, Detaching::begin)
                    .sleeping("tear down PASID entry", 50_000, Detaching::tearDown)
                    .sleeping("drain page requests", 50_000, Detaching::drain)
                    .sleeping("drop cache tags", 50_000, Detaching::forget)
                    .sleeping("erase handle", 80_000, Detaching::erase)
                    .sleeping("iommu_free_global_pasid", 100_000, Detaching::freeNumber)
                    .build();

    private final DomainAttachment attachment;
    private final IommuDriver unit;
    private final IommuGroup group;
    private final PasidEntry entry;

    private Detaching(DomainAttachment attachment) {
        this.attachment = attachment;
        this.entry = attachment.entry();
        this.unit = attachment.device().iommu();
        this.group = attachment.device().group();
    }

    static Call<?> call(DomainAttachment attachment) {
        return new Call<>(DETACH, new Detaching(attachment));
    }

    /** Nothing is left to do if the device went first, and not before the end of a reset. */
    private Next begin(Cpu cpu) {
        Next wait = group.awaitResumed(entry.pasid());
        if (wait != Next.ON) {
            return wait;
        }
        if (!attachment.isAttached()) {
            return Next.DONE;
        }
        attachment.attached(false);
        group.leave(entry.pasid());
        attachment.life().tell(Kind.UNBINDING, entry);
        return Next.ON;
    }

    /** A reset may have torn the entry down already. */
    private Next tearDown(Cpu cpu) {
        return group.isSuspended(entry.pasid()) ? Next.ON : Next.call(unit.tearDown(entry));
    }

    private Next drain(Cpu cpu) {
        attachment.life().cut(entry);
        return Next.call(unit.drain(entry));
    }

    private Next forget(Cpu cpu) {
        attachment.life().drained(entry);
        attachment.domain().attached(null);
        return Next.call(unit.forget(entry));
    }

    private Next erase(Cpu cpu) {
        attachment.device().erase(entry.pasid());
        attachment.life().tell(Kind.TARGET_REMOVED, entry);
        attachment.life().tell(Kind.UNBOUND, entry);
        return Next.call(attachment.domain().free());
    }

    private Next freeNumber(Cpu cpu) {
        attachment.life().free();
        return Next.DONE;
    }
}
