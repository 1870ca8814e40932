package svasim.os.sva;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.iommu.IommuDriver;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;

/**
 * The release of an address space under way, the first thing that exit_mmap does: the steps that
 * policies compose theirs of. From here on no change of the address space is announced, so that
 * everything has to be cut and flushed now.
 */
final class Releasing {
    private final LifetimePolicy policy;
    private final SvaDomain domain;
    private Deque<Bond> left;

    Releasing(LifetimePolicy policy, SvaDomain domain) {
        this.policy = policy;
        this.domain = domain;
    }

    SvaDomain domain() {
        return domain;
    }

    /** Against an unbind at the same time. */
    Next lockDomain(Cpu cpu) {
        return domain.lock().take(this);
    }

    /** Against every other operation of the policy. */
    Next lock(Cpu cpu) {
        return policy.lock().take(this);
    }

    /** Goes to the end if an unbind was first and nothing is left to do, with the lock held. */
    Next giveUpIfGone(Cpu cpu) {
        if (!domain.bonds().isEmpty()) {
            return Next.ON;
        }
        policy.lock().give(this);
        return finish(cpu);
    }

    Next unlock(Cpu cpu) {
        policy.lock().give(this);
        return Next.ON;
    }

    /** Has the drivers stop their devices, and waits until they have. */
    Next callDrivers(Cpu cpu) {
        return forEach(bond -> bond.handler(true));
    }

    /** Tells the drivers, who cannot wait for their devices here. */
    Next callDriversAtomically(Cpu cpu) {
        return forEach(bond -> bond.handler(false));
    }

    /** New page requests are answered as invalid, without a worker. */
    Next refusePageRequests(Cpu cpu) {
        for (Bond bond : domain.live()) {
            if (bond.device().handle(bond.pasid()) == domain.mm()) {
                bond.device().erase(bond.pasid());
            }
        }
        return Next.ON;
    }

    /** Cuts and flushes all entries; what is left of them reports no faults. */
    Next neutralise(Cpu cpu) {
        List<Bond> live = domain.live();
        return live.isEmpty() || policy.platform().defects().has(Defect.S42)
                ? Next.ON
                : Next.call(SvaDomain.onEachUnit(live, IommuDriver::neutralise));
    }

    /** Cuts and flushes all entries, and leaves nothing of them. */
    Next tearDown(Cpu cpu) {
        return forEachLive(IommuDriver::tearDown);
    }

    /** Clears all entries and flushes nothing. */
    Next erase(Cpu cpu) {
        return forEachLive(IommuDriver::erase);
    }

    /** Removes every cached translation. */
    Next flush(Cpu cpu) {
        return forEachLive(IommuDriver::flush);
    }

    /** Waits until no page request is left. */
    Next drain(Cpu cpu) {
        return forEachEntry(IommuDriver::drain);
    }

    /** Waits for the workers that resolve page requests. */
    Next flushFaults(Cpu cpu) {
        return Next.call(
                SvaDomain.onEachUnit(domain.bonds(), (unit, entries) -> unit.flushFaults()));
    }

    /** The entries are gone. */
    Next cut(Cpu cpu) {
        domain.live().forEach(domain::cut);
        return Next.ON;
    }

    /** No page request is left. */
    Next drained(Cpu cpu) {
        for (Bond bond : domain.bonds()) {
            bond.entries().forEach(domain.life()::drained);
        }
        return Next.ON;
    }

    /** The devices get no invalidations any more. */
    Next forget(Cpu cpu) {
        return forEachEntry(WholeFunction::forget);
    }

    /** The bonds end; their drivers find that out when they unbind. */
    Next endBonds(Cpu cpu) {
        List.copyOf(domain.bonds()).forEach(domain::end);
        policy.remove(domain);
        return Next.ON;
    }

    /** The number may be given away. */
    Next freeNumber(Cpu cpu) {
        domain.life().freeOnce();
        return Next.ON;
    }

    /** The domain gives its mm_count back after a grace period. */
    Next putNotifier(Cpu cpu) {
        domain.mm().putNotifier(domain);
        return Next.ON;
    }

    Next unlockDomain(Cpu cpu) {
        domain.lock().give(this);
        return Next.ON;
    }

    /** The release is over: who waits for that may go on. */
    Next finish(Cpu cpu) {
        domain.releaseIsOver();
        return Next.DONE;
    }

    /** The entries are gone, and that was all. */
    Next cutAndFinish(Cpu cpu) {
        cut(cpu);
        return finish(cpu);
    }

    /** The entries are gone, and that was all; gives the domain's lock back. */
    Next cutUnlockAndFinish(Cpu cpu) {
        cut(cpu);
        unlockDomain(cpu);
        return finish(cpu);
    }

    private Next forEachLive(EntryOperation operation) {
        return forEach(bond -> bond.isCut() ? Call.nothing() : bond.each(operation));
    }

    private Next forEachEntry(EntryOperation operation) {
        return forEach(bond -> bond.each(operation));
    }

    private Next forEach(Function<Bond, Call<?>> operation) {
        if (left == null) {
            left = new ArrayDeque<>(domain.bonds());
        }
        Bond next = left.poll();
        if (next == null) {
            left = null;
            return Next.ON;
        }
        return new Next.EnterAgain(operation.apply(next));
    }
}
