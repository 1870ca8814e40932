package svasim.pcie.endpoint;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import svasim.kernel.EventHandler;

/**
 * How accesses end: what waited for the use of a translation goes on at once; the client is told by
 * an event of its own, and after it whoever waits for the PASID to be idle.
 */
final class Endings implements EventHandler {
    private record Waiter(int pasid, IdleListener listener) {}

    private final Wiring wiring;
    private final Accesses accesses;
    private final Invalidations invalidations;
    private final Stragglers stragglers;
    private final Runnable roomForMore;
    private final Histogram latency;
    private final List<Waiter> waiters = new ArrayList<>();

    /**
     * @param roomForMore called when one more access may begin
     */
    Endings(
            Wiring wiring,
            Accesses accesses,
            Invalidations invalidations,
            Stragglers stragglers,
            Runnable roomForMore) {
        this.wiring = wiring;
        this.accesses = accesses;
        this.invalidations = invalidations;
        this.stragglers = stragglers;
        this.roomForMore = roomForMore;
        this.latency =
                wiring.host()
                        .statistics()
                        .latency(
                                wiring.name() + ".dma.latency.ps",
                                "from the call to the end of an access");
    }

    /** Ends the access, unless it has ended. */
    void end(Access access, DmaStatus status) {
        if (access.phase != Access.Phase.DONE) {
            access.phase = Access.Phase.DONE;
            access.status = status;
            invalidations.released(access);
            wiring.kernel().after(0, this, 0, access.index);
        }
    }

    /** Tells the listener once when no access of the PASID is under way. */
    void whenIdle(int pasid, IdleListener listener) {
        if (accesses.outstanding(pasid) == 0) {
            listener.idle(wiring.kernel().nowPs(), pasid);
        } else {
            waiters.add(new Waiter(pasid, listener));
        }
    }

    @Override
    public void handle(long nowPs, int kind, long index) {
        Access access = accesses.get(index);
        DmaClient client = access.client;
        DmaStatus status = access.status;
        long token = access.token;
        DmaRequest request = access.request;
        long address = request.address() + access.faultOffset;
        latency.recordValue(nowPs - access.startedPs);
        accesses.end(access);
        roomForMore.run();
        client.done(nowPs, token, status, status == DmaStatus.OK ? 0 : address);
        tellIdle(nowPs);
        stragglers.ended(client, request);
    }

    private void tellIdle(long nowPs) {
        if (waiters.isEmpty()) {
            return;
        }
        for (Waiter waiter : List.copyOf(waiters)) {
            if (accesses.outstanding(waiter.pasid()) == 0 && waiters.remove(waiter)) {
                waiter.listener().idle(nowPs, waiter.pasid());
            }
        }
    }
}
