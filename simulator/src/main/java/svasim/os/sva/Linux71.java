package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.mm.Mm;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;

/**
 * Linux 7.1 (reference 2.10): one PASID per mm, given back when the struct of the mm goes; bonds
 * hold mm_count only, twice for each unit. The death of the mm cuts the hardware off at once,
 * without waiting for the device; unbind drains.
 */
final class Linux71 extends LifetimePolicy {
    private static final String FORGET = "drop cache tags and IOPF reference";

    private static final Design DESIGN =
            new Design(
                    "iommu_sva_lock",
                    "SVA domain",
                    Binding::perUnit,
                    Procedure.<Binding>named("iommu_sva_bind_device")
                            .sleeping("check device", 150_000, Binding::check)
                            .sleeping("take iommu_sva_lock", 40_000, Binding::lock)
                            .sleeping("iommu_alloc_mm_data", 400_000, Binding::numberOfMm)
                            .sleeping("find handle", 80_000, Binding::findBond)
                            .sleeping("iommu_sva_domain_alloc", 900_000, Linux71::allocateDomain)
                            .sleeping("set_dev_pasid", 100_000, Linux71::setDevPasid)
                            .sleeping("publish handle", 150_000, Binding::publish)
                            .sleeping("release iommu_sva_lock", 40_000, Binding::unlock)
                            .build(),
                    Procedure.<Unbinding>named("iommu_sva_unbind_device")
                            .sleeping("take iommu_sva_lock", 40_000, Unbinding::lock)
                            .sleeping("drop user", 50_000, Unbinding::dropUser)
                            .sleeping("take domain lock", 30_000, Unbinding::lockDomain)
                            .sleeping("tear down PASID entry", 50_000, Linux71::tearDown)
                            .sleeping("entry is gone", 0, Linux71::cut)
                            .sleeping("drain page requests", 50_000, Unbinding::drain)
                            .sleeping("nothing is under way", 0, Unbinding::drained)
                            .sleeping(FORGET, 50_000, Unbinding::forget)
                            .sleeping("erase handle", 80_000, Linux71::eraseHandle)
                            .step("unlink domain from mm", 0, Linux71::unlink)
                            .sleeping("free notifier", 0, Linux71::freeNotifier)
                            .sleeping("free domain", 150_000, Linux71::freeDomain)
                            .step("free private data of unit", 0, Linux71::freePrivate)
                            .sleeping("release iommu_sva_lock", 40_000, Unbinding::unlock)
                            .build(),
                    Procedure.<Releasing>named("iommu_sva_mm_release")
                            .step("take domain lock", 30_000, Releasing::lockDomain)
                            .step("cut entries", 0, Releasing::neutralise)
                            .step("entries are gone", 0, Releasing::cutUnlockAndFinish)
                            .build());

    Linux71(Platform platform, PasidLives lives) {
        super(DESIGN, platform, lives);
    }

    /** The domain holds the struct by itself, and once more by its notifier. */
    private static Next allocateDomain(Binding binding, Cpu cpu) {
        binding.findDomain(cpu);
        binding.register(cpu);
        return binding.has(Defect.S05) ? Next.ON : binding.grab(cpu);
    }

    private static Next setDevPasid(Binding binding, Cpu cpu) {
        binding.addDevice(cpu);
        return binding.install(cpu);
    }

    /** What the release has left of the entry marks that it was not drained. */
    private static Next tearDown(Unbinding unbinding, Cpu cpu) {
        boolean forgotten = unbinding.bond().isCut() && unbinding.has(Defect.S18);
        return forgotten ? Next.ON : unbinding.tearDownUntilForgotten(cpu);
    }

    private static Next cut(Unbinding unbinding, Cpu cpu) {
        boolean forgotten = unbinding.bond().isCut() && unbinding.has(Defect.S18);
        unbinding.cut(cpu);
        unbinding.unlockDomain(cpu);
        return forgotten || unbinding.has(Defect.I_33) ? Next.jump(FORGET) : Next.ON;
    }

    private static Next eraseHandle(Unbinding unbinding, Cpu cpu) {
        unbinding.removeDevice(cpu);
        return unbinding.lastDevice(cpu);
    }

    /** Whoever leaves the address space's lists late finds that it may be gone. */
    private static Next unlink(Unbinding unbinding, Cpu cpu) {
        if (!unbinding.has(Defect.S04)) {
            unbinding.mm().use();
        }
        if (unbinding.has(Defect.S11)) {
            unbinding.mm().pasid(Mm.NO_PASID);
        }
        return Next.ON;
    }

    /** The notifier's mm_count goes after a grace period; some units do not wait for that. */
    private static Next freeNotifier(Unbinding unbinding, Cpu cpu) {
        boolean now = unbinding.has(Defect.S05) || unbinding.unit().unregistersAtOnce();
        return now ? unbinding.unregister(cpu) : unbinding.putNotifier(cpu);
    }

    /** The domain's own mm_count goes now. */
    private static Next freeDomain(Unbinding unbinding, Cpu cpu) {
        if (unbinding.has(Defect.S05)) {
            return Next.ON;
        }
        return unbinding.has(Defect.S02) ? unbinding.unpinOfOther(cpu) : unbinding.drop(cpu);
    }

    /** Nothing, unless what belongs before has come to here. */
    private static Next freePrivate(Unbinding unbinding, Cpu cpu) {
        if (unbinding.has(Defect.S04) || unbinding.has(Defect.S05)) {
            unbinding.mm().use();
        }
        return Next.ON;
    }
}
