package svasim.os.sva;

import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;

/**
 * Linux 5.18 (reference 2.8): the first bind of an address space takes a number of the whole
 * system, which stays with it until its struct goes, without a count of the bonds; those hold
 * mm_count by the notifier. Threads get the number into IA32_PASID when they need it.
 */
final class X86Mm extends LifetimePolicy {
    private static final Design DESIGN =
            new Design(
                    "pasid_mutex",
                    "intel_svm",
                    Binding::perMm,
                    Procedure.<Binding>named("intel_svm_bind")
                            .sleeping("check device", 150_000, Binding::check)
                            .sleeping("take pasid_mutex", 40_000, Binding::lock)
                            .sleeping("iommu_sva_alloc_pasid", 300_000, Binding::numberOfMm)
                            .sleeping("find device of mm", 80_000, Binding::findBond)
                            .sleeping("allocate intel_svm", 200_000, Binding::findDomain)
                            .sleeping("mmu_notifier_register", 400_000, Binding::register)
                            .sleeping("add device", 60_000, Binding::addDevice)
                            .sleeping("set up PASID entry", 50_000, Binding::install)
                            .sleeping("publish handle", 100_000, Binding::publish)
                            .sleeping("release pasid_mutex", 40_000, Binding::unlock)
                            .build(),
                    IntelSvm.UNBIND,
                    IntelSvm.RELEASE);

    X86Mm(Platform platform, PasidLives lives) {
        super(DESIGN, platform, lives);
    }
}
