package svasim.pcie.endpoint;

import java.util.HashMap;
import java.util.Map;
import svasim.kernel.EventHandler;
import svasim.kernel.Site;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/**
 * Accesses that nobody has asked for, some time after the last one of a PASID: what a function does
 * whose prefetching goes on when it has said that it is idle. Each is a read like the access before
 * it, and its data is thrown away.
 */
final class Stragglers implements EventHandler, DmaClient {
    private static final Site LATE = Site.lateness("pcie.straggler", 20_000_000L, 100_000_000L);

    private final Wiring wiring;
    private final Picoseconds delay;
    private final Dma dma;

    /** Accesses that are to be repeated, by PASID. */
    private final Map<Integer, DmaRequest> due = new HashMap<>();

    private final Map<Long, DmaRequest> running = new HashMap<>();

    Stragglers(Wiring wiring, Dma dma) {
        this.wiring = wiring;
        this.delay = wiring.config().dma().straggler();
        this.dma = dma;
    }

    /** An access has ended; if it was the last of its PASID, it is repeated later. */
    void ended(DmaClient client, DmaRequest request) {
        if (delay == null || client == this) {
            return;
        }
        int pasid = PasidPrefix.number(request.pasid());
        if (dma.outstanding(pasid) == 0 && due.put(pasid, request) == null) {
            long latePs = wiring.kernel().lateness(LATE, wiring.lane());
            wiring.kernel().after(delay.value() + latePs, this, 0, pasid);
        }
    }

    /** The function was reset. */
    void forget() {
        due.clear();
    }

    @Override
    public void handle(long nowPs, int kind, long pasid) {
        DmaRequest request = due.remove((int) pasid);
        if (request != null && dma.outstanding((int) pasid) == 0) {
            byte[] nowhere = new byte[request.bytes()];
            DmaRequest again =
                    new DmaRequest(
                            request.pasid(),
                            request.address(),
                            nowhere,
                            0,
                            nowhere.length,
                            request.onFault(),
                            request.stream());
            running.put(pasid, again);
            dma.read(again, this, pasid);
        }
    }

    @Override
    public void done(long nowPs, long pasid, DmaStatus status, long faultAddress) {
        long address = running.remove(pasid).address();
        wiring.trace().tell(Kind.STRAGGLED, wiring.lane(), pasid, address, 0);
    }
}
