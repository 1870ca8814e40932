package svasim.os.sva;

import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;
import svasim.os.task.Task;

/**
 * The glue driver of AMD's IOMMU of 2011 (reference 2.1), with the later stage of its series: the
 * device driver chooses the number in the device's own space; a bond holds mm_users and belongs to
 * the thread that bound, so that it ends with that thread, whoever else uses the address space.
 */
final class AmdPin extends LifetimePolicy {
    private static final Design DESIGN =
            new Design(
                    "device state lock",
                    "PASID state",
                    Binding::perBond,
                    Procedure.<Binding>named("amd_iommu_bind_pasid")
                            .sleeping("get device state", 150_000, Binding::check)
                            .sleeping("allocate PASID state", 400_000, Binding::findNumberedDomain)
                            .sleeping("get_task_mm", 60_000, Binding::pin)
                            .sleeping("mmu_notifier_register", 400_000, Binding::register)
                            .sleeping("set PASID state", 80_000, Binding::addDevice)
                            .sleeping("set GCR3 and flush", 50_000, Binding::install)
                            .sleeping("link PASID state", 100_000, Binding::publish)
                            .build(),
                    Procedure.<Unbinding>named("amd_iommu_unbind_pasid")
                            .sleeping("unlink PASID state", 60_000, Unbinding::findAndDropUser)
                            .sleeping("clear GCR3 and flush", 50_000, Unbinding::tearDown)
                            .sleeping("clear PASID state", 60_000, Unbinding::removeDevice)
                            .sleeping("forget device", 40_000, Unbinding::forget)
                            .sleeping("wait for faults", 50_000, Unbinding::flushFaults)
                            .sleeping("free PASID state", 50_000, Unbinding::endDomain)
                            .sleeping("mmu_notifier_unregister", 100_000, Unbinding::unregister)
                            .sleeping("mmput", 50_000, Unbinding::unpin)
                            .build(),
                    Procedure.<Releasing>named("mn_release")
                            .step("clear GCR3 and flush", 30_000, Releasing::tearDown)
                            .step("entry is gone", 0, Releasing::cutAndFinish)
                            .build());

    AmdPin(Platform platform, PasidLives lives) {
        super(DESIGN, platform, lives);
    }

    /** amd_iommu_free_device: every slot is unbound and waited for. */
    @Override
    public Call<?> driverGone(PciDevice device) {
        return removeDevice(device);
    }

    /** amd_iommu_free_device: its driver gives the device up and takes it anew. */
    @Override
    public Call<?> deviceResets(PciDevice device) {
        return removeDevice(device);
    }

    /** The task-exit notifier: unbinds every PASID of the thread. */
    @Override
    public Call<?> threadExits(Task thread) {
        return unbindAll(bonds().stream().filter(bond -> bond.binder() == thread).toList());
    }
}
