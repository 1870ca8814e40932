package svasim.os.sva;

import svasim.os.iommu.PciDevice;
import svasim.os.iommu.SvaDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;

/**
 * The API proposed in 2017 and worked out until 2020 (reference 2.7): a device is prepared once,
 * address spaces are bound by their mm, and a callback of the driver runs in the release of the
 * address space, which may sleep until the device is silent. The driver unbinds afterwards, and
 * only then is the number free.
 */
final class SvaOps extends LifetimePolicy {
    private static final Design DESIGN =
            new Design(
                    "iommu_sva_lock",
                    "io_mm",
                    Binding::perMm,
                    Procedure.<Binding>named("iommu_sva_bind_device")
                            .sleeping("check device", 150_000, Binding::check)
                            .sleeping("take iommu_sva_lock", 40_000, Binding::lock)
                            .sleeping("find bond", 80_000, Binding::findBond)
                            .sleeping("io_mm_alloc", 500_000, Binding::findNumberedDomain)
                            .sleeping("mmu_notifier_register", 400_000, Binding::register)
                            .sleeping("add bond", 60_000, Binding::addDevice)
                            .sleeping("io_mm_attach", 50_000, Binding::install)
                            .sleeping("publish handle", 100_000, Binding::publish)
                            .sleeping("release iommu_sva_lock", 40_000, Binding::unlock)
                            .build(),
                    Procedure.<Unbinding>named("iommu_sva_unbind_device")
                            .sleeping("take iommu_sva_lock", 40_000, Unbinding::lock)
                            .sleeping("drop user", 50_000, Unbinding::dropUser)
                            .sleeping("take io_mm lock", 30_000, Unbinding::lockDomain)
                            .sleeping("io_mm_detach", 50_000, Unbinding::tearDownOrErase)
                            .sleeping("entry is gone", 0, Unbinding::cutAndUnlock)
                            .sleeping("flush page requests", 50_000, Unbinding::drain)
                            .sleeping("nothing is under way", 0, Unbinding::drained)
                            .sleeping("forget device", 50_000, Unbinding::forget)
                            .sleeping("remove bond", 80_000, Unbinding::removeDevice)
                            .sleeping("io_mm_free", 80_000, Unbinding::endDomain)
                            .sleeping("mmu_notifier_put", 50_000, Unbinding::putNotifier)
                            .sleeping("release iommu_sva_lock", 40_000, Unbinding::unlock)
                            .build(),
                    Procedure.<Releasing>named("io_mm_release")
                            .sleeping("mm_exit", 50_000, Releasing::callDrivers)
                            .sleeping("take io_mm lock", 30_000, Releasing::lockDomain)
                            .sleeping("io_mm_detach", 30_000, Releasing::neutralise)
                            .sleeping("entries are gone", 0, Releasing::cut)
                            .sleeping("release io_mm lock", 30_000, Releasing::unlockDomain)
                            .sleeping("flush page requests", 50_000, Releasing::drain)
                            .sleeping("release is over", 0, Releasing::finish)
                            .build());

    SvaOps(Platform platform, PasidLives lives) {
        super(DESIGN, platform, lives);
    }

    @Override
    public boolean preparesDevices() {
        return true;
    }

    @Override
    public Call<?> deviceInit(PciDevice device) {
        return SvaDevice.init(device, platform().defects());
    }

    @Override
    public Call<?> driverGone(PciDevice device) {
        return SvaDevice.shutdown(device, platform().defects());
    }
}
