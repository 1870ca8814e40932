package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.iommu.IommuDriver;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/** iommu_sva_unbind_device. */
final class LinuxUnbind {
    private static final String UNLOCK = "release iommu_sva_lock";
    private static final String FORGET = "drop cache tags and IOPF reference";

    private static final Procedure<LinuxUnbind> UNBIND =
            Procedure.<LinuxUnbind>named("iommu_sva_unbind_device")
                    .sleeping("take iommu_sva_lock", 40_000, LinuxUnbind::lock)
                    .sleeping("drop user", 50_000, LinuxUnbind::dropUser)
                    .sleeping("take domain lock", 30_000, LinuxUnbind::lockDomain)
                    .sleeping("tear down PASID entry", 50_000, LinuxUnbind::tearDown)
                    .sleeping("entry is gone", 0, LinuxUnbind::cut)
                    .sleeping("drain page requests", 50_000, LinuxUnbind::drain)
                    .sleeping("nothing is under way", 0, LinuxUnbind::drained)
                    .sleeping(FORGET, 50_000, LinuxUnbind::forget)
                    .sleeping("erase handle", 80_000, LinuxUnbind::eraseHandle)
                    .sleeping("free domain", 150_000, LinuxUnbind::freeDomain)
                    .sleeping(UNLOCK, 40_000, LinuxUnbind::unlock)
                    .build();

    private final Linux71 policy;
    private final Bond bond;
    private final SvaDomain domain;
    private final IommuDriver driver;
    private final Defects defects;
    private boolean undrained;

    private LinuxUnbind(Linux71 policy, Bond bond, SvaDomain domain) {
        this.policy = policy;
        this.bond = bond;
        this.domain = domain;
        this.driver = domain.driver();
        this.defects = policy.platform().defects();
    }

    static Call<?> call(Linux71 policy, Bond bond, SvaDomain domain) {
        return new Call<>(UNBIND, new LinuxUnbind(policy, bond, domain));
    }

    private Next lock(Cpu cpu) {
        return policy.lock().take(this);
    }

    private Next dropUser(Cpu cpu) {
        policy.platform().references().release(bond.holders().remove(), bond.node());
        return bond.removeUser() ? Next.ON : Next.jump(UNLOCK);
    }

    private Next lockDomain(Cpu cpu) {
        return domain.lock().take(this);
    }

    private Next tearDown(Cpu cpu) {
        if (!bond.isCut()) {
            return Next.call(driver.tearDown(bond.entry()));
        }
        undrained = defects.has(Defect.S18);
        return undrained ? Next.ON : Next.call(driver.erase(bond.entry()));
    }

    private Next cut(Cpu cpu) {
        if (!bond.isCut()) {
            domain.cut(bond);
        }
        domain.lock().give(this);
        return undrained || defects.has(Defect.I_33) ? Next.jump(FORGET) : Next.ON;
    }

    private Next drain(Cpu cpu) {
        return Next.call(driver.drain(bond.entry()));
    }

    private Next drained(Cpu cpu) {
        domain.life().drained(bond.entry());
        return Next.ON;
    }

    private Next forget(Cpu cpu) {
        return Next.call(driver.forget(bond.entry()));
    }

    private Next eraseHandle(Cpu cpu) {
        bond.device().erase(bond.pasid());
        domain.bonds().remove(bond);
        policy.platform().references().release(bond.node(), domain.node());
        domain.life().tell(Kind.UNBOUND, bond.entry());
        return domain.bonds().isEmpty() ? Next.ON : Next.jump(UNLOCK);
    }

    /** The domain's own mm_count goes now, its notifier's after a grace period. */
    private Next freeDomain(Cpu cpu) {
        policy.unlink(domain);
        domain.mm().putNotifier(domain);
        return Next.call(domain.mm().drop(domain.node()));
    }

    private Next unlock(Cpu cpu) {
        policy.lock().give(this);
        return Next.DONE;
    }
}
