package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.IommuGroup;
import svasim.os.mm.Mm;
import svasim.os.procedure.Next;

/** An unbind under way: the steps that policies compose theirs of. */
final class Unbinding {
    private final LifetimePolicy policy;
    private final Bond bond;
    private final SvaDomain domain;
    private final boolean forced;
    private boolean locked;

    private Unbinding(LifetimePolicy policy, Bond bond, boolean forced) {
        this.policy = policy;
        this.bond = bond;
        this.domain = bond.domain();
        this.forced = forced;
    }

    Unbinding(LifetimePolicy policy, Bond bond) {
        this(policy, bond, false);
    }

    /** The bond ends now, however many users it has; they find that out when they unbind. */
    static Unbinding forced(LifetimePolicy policy, Bond bond) {
        return new Unbinding(policy, bond, true);
    }

    LifetimePolicy policy() {
        return policy;
    }

    Bond bond() {
        return bond;
    }

    SvaDomain domain() {
        return domain;
    }

    Mm mm() {
        return domain.mm();
    }

    IommuDriver unit() {
        return bond.device().iommu();
    }

    boolean has(Defect defect) {
        return policy.platform().defects().has(defect);
    }

    Next lock(Cpu cpu) {
        locked = true;
        return policy.lock().take(this);
    }

    Next unlock(Cpu cpu) {
        policy.lock().give(this);
        return Next.DONE;
    }

    /** Drops the user, or goes to the end if the bond is only a memory of its driver. */
    Next findAndDropUser(Cpu cpu) {
        if (!bond.hasEnded()) {
            return dropUser(cpu);
        }
        if (!forced) {
            policy.platform().references().release(bond.removeHolder(), bond.node());
        }
        return last();
    }

    /** Goes to the end unless this was the last user; from here on the bond is this unbind's. */
    Next dropUser(Cpu cpu) {
        IommuGroup group = bond.device().group();
        Next wait = group.awaitResumed(bond.pasid());
        if (wait != Next.ON) {
            return wait;
        }
        if (bond.hasEnded()) {
            throw new IllegalStateException("unbind of a bond that has ended: " + bond.pasid());
        }
        if (!forced) {
            policy.platform().references().release(bond.removeHolder(), bond.node());
        }
        if (!forced && !bond.removeUser()) {
            return last();
        }
        bond.end();
        group.leave(bond.pasid());
        return Next.ON;
    }

    /** Whether a reset has torn the entry down, so that nothing is left to do but to say so. */
    private boolean isSuspended() {
        return bond.device().group().isSuspended(bond.pasid()) && !has(Defect.S45);
    }

    Next lockDomain(Cpu cpu) {
        return domain.lock().take(this);
    }

    Next unlockDomain(Cpu cpu) {
        domain.lock().give(this);
        return Next.ON;
    }

    /** Removes every cached translation and leaves the entry. */
    Next flush(Cpu cpu) {
        return Next.call(bond.each(IommuDriver::flush));
    }

    /** What a driver does between two steps that matter; it may be preempted there. */
    Next goOn(Cpu cpu) {
        return Next.ON;
    }

    /** Clears the entry and leaves what is cached. */
    Next erase(Cpu cpu) {
        return Next.call(bond.each(IommuDriver::erase));
    }

    /** Clears the entry, then removes what is cached; only once. */
    Next tearDown(Cpu cpu) {
        boolean gone = bond.isCut() || isSuspended();
        return gone ? Next.ON : Next.call(bond.each(IommuDriver::tearDown));
    }

    /** The same; of an entry that is cut already, what was left is cleared. */
    Next tearDownOrErase(Cpu cpu) {
        return bond.isCut() ? erase(cpu) : tearDown(cpu);
    }

    /** The same, but the unit may keep what it has cached until the device is forgotten. */
    Next tearDownUntilForgotten(Cpu cpu) {
        return bond.isCut()
                ? erase(cpu)
                : Next.call(bond.each(IommuDriver::tearDownUntilForgotten));
    }

    /** The entry is gone. */
    Next cut(Cpu cpu) {
        domain.cut(bond);
        return Next.ON;
    }

    /** The entry is gone; gives the domain's lock back. */
    Next cutAndUnlock(Cpu cpu) {
        domain.cut(bond);
        return unlockDomain(cpu);
    }

    /** Waits until no page request is left. */
    Next drain(Cpu cpu) {
        return Next.call(bond.each(IommuDriver::drain));
    }

    /** No page request is left. */
    Next drained(Cpu cpu) {
        bond.entries().forEach(domain.life()::drained);
        return Next.ON;
    }

    /** Waits for the workers that resolve page requests. */
    Next flushFaults(Cpu cpu) {
        return Next.call(bond.device().iommu().flushFaults());
    }

    /** The device gets no invalidations any more. */
    Next forget(Cpu cpu) {
        return Next.call(bond.each(WholeFunction::forget));
    }

    /** Page requests find nobody any more, and the bond ends. */
    Next removeDevice(Cpu cpu) {
        domain.cut(bond);
        if (domain.bonds().contains(bond)) {
            domain.end(bond);
        }
        return Next.ON;
    }

    /** Goes to the end unless the domain has no device any more. */
    Next lastDevice(Cpu cpu) {
        if (!domain.bonds().isEmpty()) {
            return last();
        }
        policy.remove(domain);
        if (bond.isOfWholeFunction()) {
            domain.life().freeOnce();
        }
        return Next.ON;
    }

    /** With the last device the domain ends, and its number may be given away. */
    Next endDomain(Cpu cpu) {
        Next next = lastDevice(cpu);
        return next == Next.ON ? freeNumber(cpu) : next;
    }

    /** mmu_notifier_unregister: what release does is done now if it was not yet. */
    Next release(Cpu cpu) {
        return domain.isReleased() ? domain.awaitRelease() : Next.call(domain.release());
    }

    /**
     * The domain is not told of changes any more and gives its mm_count back at once; a release
     * that runs is waited for.
     */
    Next unregister(Cpu cpu) {
        Next wait = domain.awaitRelease();
        if (wait != Next.ON) {
            return wait;
        }
        return Next.call(has(Defect.S19) ? mm().forgetNotifier(domain) : mm().unregister(domain));
    }

    /** The same, but the mm_count goes after a grace period. */
    Next putNotifier(Cpu cpu) {
        mm().putNotifier(domain);
        return Next.ON;
    }

    /** Gives back the mm_count that the domain holds by itself. */
    Next drop(Cpu cpu) {
        return Next.call(mm().drop(domain.node()));
    }

    /** Gives back the mm_users that the domain holds. */
    Next unpin(Cpu cpu) {
        return Next.call(mm().putUsers(domain.node()));
    }

    /** Gives back mm_users that the domain never had, instead of its mm_count. */
    Next unpinOfOther(Cpu cpu) {
        return Next.call(mm().putUsersOfOther(domain.node()));
    }

    /** The number may be given away. */
    Next freeNumber(Cpu cpu) {
        domain.life().freeOnce();
        return Next.ON;
    }

    /** Gives the lock back in the last step. */
    private Next last() {
        return locked ? Next.jump(policy.design().unbind().lastStep()) : Next.DONE;
    }
}
