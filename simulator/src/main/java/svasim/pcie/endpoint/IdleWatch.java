package svasim.pcie.endpoint;

import java.util.ArrayList;
import java.util.List;

/** Who wants to know when a PASID is idle; few, and seldom. */
final class IdleWatch {
    private record Waiter(int pasid, IdleListener listener) {}

    private final List<Waiter> waiters = new ArrayList<>();

    void add(int pasid, IdleListener listener) {
        waiters.add(new Waiter(pasid, listener));
    }

    /** Tells, once, those whose PASID is idle. */
    void check(Dma dma, long nowPs) {
        if (waiters.isEmpty()) {
            return;
        }
        for (Waiter waiter : List.copyOf(waiters)) {
            if (dma.outstanding(waiter.pasid()) == 0 && waiters.remove(waiter)) {
                waiter.listener().idle(nowPs, waiter.pasid());
            }
        }
    }
}
