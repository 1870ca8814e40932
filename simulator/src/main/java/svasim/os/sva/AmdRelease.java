package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;

/**
 * The glue driver of AMD's IOMMU from 2012 to 2023 (reference 2.2): a bond holds mm_count only, by
 * its notifier. The death of the address space asks the device driver to stop its device and waits
 * for that, then refuses page requests, cuts the entry and waits for the fault workers; only then
 * is memory freed. Unbind vacates the slot of the number before the hardware's entry goes (S21).
 */
final class AmdRelease extends LifetimePolicy {
    private static final Design DESIGN =
            new Design(
                    "device state lock",
                    "PASID state",
                    Binding::perBond,
                    Procedure.<Binding>named("amd_iommu_bind_pasid")
                            .sleeping("get device state", 150_000, Binding::check)
                            .sleeping("allocate PASID state", 400_000, Binding::findNumberedDomain)
                            .sleeping("get_task_mm", 60_000, Binding::getUsers)
                            .sleeping("mmu_notifier_register", 400_000, Binding::register)
                            .sleeping("set PASID state", 80_000, Binding::addDevice)
                            .sleeping("set GCR3 and flush", 50_000, Binding::install)
                            .sleeping("clear invalid", 100_000, Binding::publish)
                            .sleeping("mmput", 50_000, Binding::putUsers)
                            .build(),
                    Procedure.<Unbinding>named("amd_iommu_unbind_pasid")
                            .sleeping("get PASID state", 60_000, Unbinding::findAndDropUser)
                            .sleeping("clear PASID state", 60_000, AmdRelease::clearState)
                            .sleeping("mmu_notifier_unregister", 100_000, Unbinding::release)
                            .sleeping("drop mm_count", 50_000, Unbinding::unregister)
                            .sleeping("wait for faults", 50_000, Unbinding::flushFaults)
                            .sleeping("free PASID state", 50_000, Unbinding::removeDevice)
                            .sleeping("put device state", 40_000, Unbinding::lastDevice)
                            .build(),
                    Procedure.<Releasing>named("mn_release")
                            .sleeping("inv_ctx_cb", 50_000, Releasing::callDrivers)
                            .sleeping("set invalid", 20_000, Releasing::refusePageRequests)
                            .sleeping("clear GCR3 and flush", 30_000, Releasing::tearDown)
                            .sleeping("entry is gone", 0, Releasing::cut)
                            .sleeping("forget device", 40_000, Releasing::forget)
                            .sleeping("flush fault work queue", 50_000, Releasing::flushFaults)
                            .sleeping("release is over", 0, Releasing::finish)
                            .build());

    AmdRelease(Platform platform, PasidLives lives) {
        super(DESIGN, platform, lives);
    }

    /** amd_iommu_free_device: every slot is released and waited for. */
    @Override
    public Call<?> driverGone(PciDevice device) {
        return removeDevice(device);
    }

    /** amd_iommu_free_device: its driver gives the device up and takes it anew. */
    @Override
    public Call<?> deviceResets(PciDevice device) {
        return removeDevice(device);
    }

    /** Of an entry that is cut the slot is all that is left; one that is not loses it too early. */
    private static Next clearState(Unbinding unbinding, Cpu cpu) {
        if (unbinding.bond().isCut()) {
            unbinding.removeDevice(cpu);
        }
        return unbinding.freeNumber(cpu);
    }
}
