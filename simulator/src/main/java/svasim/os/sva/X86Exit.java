package svasim.os.sva;

import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;

/**
 * The proposal for x86 of April 2020 (reference 2.8): a number for the life of the address space,
 * as private data from the first bind to the last unbind, and freed with it without any count of
 * who still uses it. That is safe as long as every bond ends before the struct goes. The threads of
 * the address space get the number into IA32_PASID at once, with the first bond.
 */
final class X86Exit extends LifetimePolicy {
    private static final Design DESIGN =
            new Design(
                    "pasid_mutex",
                    "intel_svm",
                    Binding::perMm,
                    Procedure.<Binding>named("intel_svm_bind_mm")
                            .sleeping("check device", 150_000, Binding::check)
                            .sleeping("take pasid_mutex", 40_000, Binding::lock)
                            .sleeping("ioasid_alloc", 300_000, Binding::numberOfMm)
                            .sleeping("find device of mm", 80_000, Binding::findBond)
                            .sleeping("ioasid_set_data", 200_000, Binding::findDomain)
                            .sleeping("mmu_notifier_register", 400_000, Binding::register)
                            .sleeping("add device", 60_000, Binding::addDevice)
                            .sleeping("set up PASID entry", 50_000, Binding::install)
                            .sleeping("publish PASID", 100_000, Binding::publish)
                            .sleeping("load_pasid", 40_000, Binding::loadPasid)
                            .sleeping("release pasid_mutex", 40_000, Binding::unlock)
                            .build(),
                    IntelSvm.UNBIND,
                    IntelSvm.RELEASE);

    X86Exit(Platform platform, PasidLives lives) {
        super(DESIGN, platform, lives);
    }
}
