package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/** A driver's own domain behind a number of its own: without any mm, and so without notifier. */
final class Attaching {
    private static final Procedure<Attaching> ATTACH =
            Procedure.<Attaching>named("iommu_attach_device_pasid")
                    .sleeping("check device", 150_000, Attaching::check)
                    .sleeping("iommu_alloc_global_pasid", 300_000, Attaching::make)
                    .sleeping("set_dev_pasid", 100_000, Attaching::install)
                    .sleeping("publish handle", 150_000, Attaching::publish)
                    .build();

    private final DomainAttachment wanted;
    private final AuxiliaryDomains domains;
    private final int limit;
    private boolean asked;

    private Attaching(DomainAttachment wanted, AuxiliaryDomains domains, int limit) {
        this.wanted = wanted;
        this.domains = domains;
        this.limit = limit;
    }

    /**
     * @param limit first number that is too wide for the system
     */
    static Call<?> call(DomainAttachment wanted, AuxiliaryDomains domains, int limit) {
        return new Call<>(ATTACH, new Attaching(wanted, domains, limit));
    }

    private Next check(Cpu cpu) {
        String reason = Refusals.reason(wanted.device(), FeatureSubset.AUXILIARY);
        return reason == null ? Next.ON : refuse(reason);
    }

    private Next make(Cpu cpu) {
        PciDevice device = wanted.device();
        String obstacle = device.iommu().obstacle(device, null);
        if (obstacle != null) {
            return refuse(obstacle);
        }
        if (!asked && domains.isDry(device)) {
            asked = true;
            return new Next.EnterAgain(domains.ask(device));
        }
        int bound = Math.min(limit, device.iommu().pasidLimit(device));
        return domains.make(wanted, bound) ? Next.ON : refuse(Refusals.exhausted(bound));
    }

    private Next refuse(String reason) {
        wanted.refused(reason);
        return Next.DONE;
    }

    /** Invalidations reach the device before its entry becomes present. */
    private Next install(Cpu cpu) {
        wanted.domain().attached(wanted.entry());
        wanted.life().tell(Kind.TARGET_ADDED, wanted.entry());
        return Next.call(wanted.device().iommu().install(wanted.entry()));
    }

    /** A page request is answered as invalid before and after: nobody resolves any. */
    private Next publish(Cpu cpu) {
        wanted.device().publish(wanted.pasid(), wanted.domain());
        wanted.attached(true);
        wanted.life().bound(wanted.entry());
        return Next.DONE;
    }
}
