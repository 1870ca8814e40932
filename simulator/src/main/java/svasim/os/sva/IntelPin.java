package svasim.os.sva;

import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;

/**
 * The VT-d driver of October 2015 (reference 2.4): numbers of each IOMMU's own, and a bond that
 * holds mm_users, so that the address space lives until the device driver unbinds. Unbind flushes
 * the caches and then clears the entry, so that a request between the two would fill them again
 * (S22), and drains nothing: both are the device driver's duty.
 *
 * <p>That driver counted from 0; scalable mode keeps PASID 0 for requests without PASID, so that
 * numbers start at 1 here.
 */
final class IntelPin extends LifetimePolicy {
    private static final Design DESIGN =
            new Design(
                    "pasid_mutex",
                    "intel_svm",
                    Binding::perUnit,
                    Procedure.<Binding>named("intel_svm_bind_mm")
                            .sleeping("check device", 150_000, Binding::check)
                            .sleeping("take pasid_mutex", 40_000, Binding::lock)
                            .sleeping("find device of mm", 80_000, Binding::findBond)
                            .sleeping("idr_alloc", 300_000, Binding::findNumberedDomain)
                            .sleeping("hold mm_users", 60_000, Binding::pin)
                            .sleeping("mmu_notifier_register", 400_000, Binding::register)
                            .sleeping("add device", 60_000, Binding::addDevice)
                            .sleeping("set PASID entry", 50_000, Binding::install)
                            .sleeping("publish PASID", 100_000, Binding::publish)
                            .sleeping("release pasid_mutex", 40_000, Binding::unlock)
                            .build(),
                    Procedure.<Unbinding>named("intel_svm_unbind_mm")
                            .sleeping("take pasid_mutex", 40_000, Unbinding::lock)
                            .sleeping("drop user", 50_000, Unbinding::dropUser)
                            .sleeping(
                                    "flush PASID-cache, IOTLB, device-TLB",
                                    50_000,
                                    Unbinding::flush)
                            .sleeping("kfree_rcu device", 0, Unbinding::goOn)
                            .sleeping("clear PASID entry", 50_000, Unbinding::erase)
                            .sleeping("remove device", 80_000, Unbinding::removeDevice)
                            .sleeping("forget device", 50_000, Unbinding::forget)
                            .sleeping("idr_remove", 80_000, Unbinding::endDomain)
                            .sleeping("mmu_notifier_unregister", 100_000, Unbinding::unregister)
                            .sleeping("mmput", 50_000, Unbinding::unpin)
                            .sleeping("release pasid_mutex", 40_000, Unbinding::unlock)
                            .build(),
                    Procedure.<Releasing>named("intel_mm_release")
                            .step("clear PASID entry", 30_000, Releasing::erase)
                            .step("entries are gone", 0, Releasing::cutAndFinish)
                            .build());

    IntelPin(Platform platform, PasidLives lives) {
        super(DESIGN, platform, lives);
    }

    /** The last number is not used: that driver's bound is one too low. */
    @Override
    int limit(PciDevice device) {
        return super.limit(device) - 1;
    }
}
