package svasim.os.sva;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;
import svasim.os.task.Task;

/**
 * The iommu_process of the RFC of 2017 (reference 2.6): a number of the whole system for each
 * process, which is found by the thread that binds, and ends with that thread or with the address
 * space. Its contexts end there too; the drivers are told under a spinlock, where they cannot wait
 * for their devices, although that is what is asked of them.
 */
final class ProcessRfc extends LifetimePolicy {
    private static final Design DESIGN =
            new Design(
                    "iommu_process_lock",
                    "iommu_process",
                    Binding::perThread,
                    Procedure.<Binding>named("iommu_process_bind_device")
                            .sleeping("check domain", 150_000, Binding::check)
                            .sleeping("take iommu_process_lock", 40_000, Binding::lock)
                            .sleeping("find process of pid", 80_000, Binding::findBond)
                            .sleeping("iommu_process_alloc", 500_000, Binding::findNumberedDomain)
                            .sleeping("get_task_mm", 60_000, Binding::getUsers)
                            .sleeping("mmu_notifier_register", 400_000, Binding::register)
                            .step("link context", 60_000, Binding::addGroup)
                            .step("attach to domain", 50_000, Binding::install)
                            .step("publish PASID", 60_000, Binding::publish)
                            .sleeping("mmput", 50_000, Binding::putUsers)
                            .sleeping("release iommu_process_lock", 40_000, Binding::unlock)
                            .build(),
                    Procedure.<Unbinding>named("iommu_process_unbind_device")
                            .sleeping("flush fault queue", 50_000, Unbinding::flushFaults)
                            .sleeping("take iommu_process_lock", 40_000, Unbinding::lock)
                            .step("find context", 60_000, Unbinding::findAndDropUser)
                            .step("detach from domain", 50_000, Unbinding::tearDown)
                            .step("entry is gone", 0, Unbinding::cut)
                            .step("forget device", 50_000, Unbinding::forget)
                            .step("free context", 60_000, Unbinding::removeDevice)
                            .step("put process", 80_000, ProcessRfc::putProcess)
                            .sleeping("release iommu_process_lock", 40_000, Unbinding::unlock)
                            .build(),
                    Procedure.<Releasing>named("iommu_process_release")
                            .step("take iommu_process_lock", 40_000, Releasing::lock)
                            .step("take process or give up", 30_000, Releasing::giveUpIfGone)
                            .step("process_exit", 50_000, Releasing::callDriversAtomically)
                            .step("clear PASID and invalidate", 30_000, Releasing::tearDown)
                            .step("entries are gone", 0, Releasing::cut)
                            .step("forget devices", 30_000, Releasing::forget)
                            .step("free contexts", 60_000, Releasing::endBonds)
                            .step("release iommu_process_lock", 40_000, Releasing::unlock)
                            .sleeping("flush fault queue", 50_000, Releasing::flushFaults)
                            .sleeping("put process", 80_000, Releasing::freeNumber)
                            .sleeping("mmu_notifier_put", 50_000, Releasing::putNotifier)
                            .sleeping("release is over", 0, Releasing::finish)
                            .build());

    ProcessRfc(Platform platform, PasidLives lives) {
        super(DESIGN, platform, lives);
    }

    /** With the last context; the notifier goes without its release. */
    private static Next putProcess(Unbinding unbinding, Cpu cpu) {
        Next next = unbinding.endDomain(cpu);
        return next == Next.ON ? unbinding.putNotifier(cpu) : next;
    }

    /** The device leaves its domain, from which every context of it is detached. */
    @Override
    public Call<?> driverGone(PciDevice device) {
        return removeDevice(device);
    }

    /** The device is taken out of its domain for the time, and every process with it. */
    @Override
    public Call<?> deviceResets(PciDevice device) {
        return removeDevice(device);
    }

    /** The process is known by the pid of a thread, and is over with it. */
    @Override
    public Call<?> threadExits(Task thread) {
        List<Call<?>> calls =
                bonds().stream()
                        .filter(bond -> bond.binder() == thread)
                        .map(Bond::domain)
                        .distinct()
                        .<Call<?>>map(SvaDomain::release)
                        .toList();
        return Call.sequence(calls);
    }
}
