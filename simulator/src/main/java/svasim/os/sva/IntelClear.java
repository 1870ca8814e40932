package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;

/**
 * The VT-d driver after January 2016 (reference 2.5): as {@link IntelPin}, but a bond holds
 * mm_count only, and the death of the address space clears its entries and flushes them, without
 * asking anybody. Device and driver find out by faults; the number stays taken until the driver
 * unbinds.
 */
final class IntelClear extends LifetimePolicy {
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
                            .sleeping("clear PASID entry", 50_000, IntelClear::clear)
                            .sleeping("remove device", 80_000, Unbinding::removeDevice)
                            .sleeping("forget device", 50_000, Unbinding::forget)
                            .sleeping("idr_remove", 80_000, Unbinding::endDomain)
                            .sleeping("mmu_notifier_unregister", 100_000, Unbinding::unregister)
                            .sleeping("release pasid_mutex", 40_000, Unbinding::unlock)
                            .build(),
                    Procedure.<Releasing>named("intel_mm_release")
                            .step("clear PASID entry", 30_000, Releasing::erase)
                            .step("flush PASID-cache, IOTLB, device-TLB", 30_000, Releasing::flush)
                            .step("entries are gone", 0, Releasing::cutAndFinish)
                            .build());

    IntelClear(Platform platform, PasidLives lives) {
        super(DESIGN, platform, lives);
    }

    @Override
    int limit(PciDevice device) {
        return super.limit(device) - 1;
    }

    /** With the last device the notifier's release does it, and flushes. */
    private static Next clear(Unbinding unbinding, Cpu cpu) {
        boolean last = unbinding.domain().bonds().size() == 1;
        return last ? unbinding.release(cpu) : unbinding.tearDown(cpu);
    }
}
