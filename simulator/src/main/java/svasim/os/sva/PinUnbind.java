package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;

/**
 * intel_svm_unbind_mm of 2015: caches first, then the entry. A request between the two would fill
 * the caches again (S22); the device driver must have seen to it that there is none.
 */
final class PinUnbind {
    private static final String UNLOCK = "release pasid_mutex";

    private static final Procedure<PinUnbind> UNBIND =
            Procedure.<PinUnbind>named("intel_svm_unbind_mm")
                    .sleeping("take pasid_mutex", 40_000, PinUnbind::lock)
                    .sleeping("drop user", 50_000, PinUnbind::dropUser)
                    .sleeping("flush PASID-cache, IOTLB, device-TLB", 50_000, PinUnbind::flush)
                    .sleeping("clear PASID entry", 50_000, PinUnbind::clear)
                    .sleeping("remove device", 80_000, PinUnbind::removeDevice)
                    .sleeping("forget device", 50_000, PinUnbind::forget)
                    .sleeping("mmu_notifier_unregister", 100_000, PinUnbind::unregister)
                    .sleeping("free PASID", 80_000, PinUnbind::freePasid)
                    .sleeping("mmput", 50_000, PinUnbind::mmput)
                    .sleeping(UNLOCK, 40_000, PinUnbind::unlock)
                    .build();

    private final IntelPin policy;
    private final Bond bond;
    private final PinnedSpace space;

    private PinUnbind(IntelPin policy, Bond bond, PinnedSpace space) {
        this.policy = policy;
        this.bond = bond;
        this.space = space;
    }

    static Call<?> call(IntelPin policy, Bond bond, PinnedSpace space) {
        return new Call<>(UNBIND, new PinUnbind(policy, bond, space));
    }

    private Next lock(Cpu cpu) {
        return policy.lock().take(this);
    }

    private Next dropUser(Cpu cpu) {
        policy.platform().references().release(bond.holders().remove(), bond.node());
        return bond.removeUser() ? Next.ON : Next.jump(UNLOCK);
    }

    private Next flush(Cpu cpu) {
        return Next.call(space.driver().flush(bond.entry()));
    }

    private Next clear(Cpu cpu) {
        return Next.call(space.driver().erase(bond.entry()));
    }

    private Next removeDevice(Cpu cpu) {
        space.life().cut(bond.entry());
        bond.device().erase(bond.pasid());
        space.bonds().remove(bond);
        policy.platform().references().release(bond.node(), space.node());
        space.life().tell(Kind.UNBOUND, bond.entry());
        return Next.ON;
    }

    private Next forget(Cpu cpu) {
        return Next.call(space.driver().forget(bond.entry()));
    }

    private Next unregister(Cpu cpu) {
        return space.bonds().isEmpty()
                ? Next.call(space.mm().unregister(space))
                : Next.jump(UNLOCK);
    }

    private Next freePasid(Cpu cpu) {
        space.life().free();
        policy.remove(space);
        return Next.ON;
    }

    private Next mmput(Cpu cpu) {
        return Next.call(space.mm().putUsers(space.node()));
    }

    private Next unlock(Cpu cpu) {
        policy.lock().give(this);
        return Next.DONE;
    }
}
