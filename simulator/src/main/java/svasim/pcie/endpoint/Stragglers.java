package svasim.pcie.endpoint;

import java.util.HashMap;
import java.util.Map;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.Site;
import svasim.pcie.tlp.PasidPrefix;
import svasim.units.Picoseconds;

/**
 * Accesses that nobody has asked for, some time after the last one of a PASID: what a function does
 * whose prefetching goes on when it has said that it is idle. Each is a read like the access before
 * it, and its data is thrown away.
 */
final class Stragglers implements EventHandler, DmaClient {
    private static final Site LATE = Site.lateness("pcie.straggler", 20_000_000L, 100_000_000L);

    private final Kernel kernel;
    private final int lane;
    private final Picoseconds delay;
    private final Dma dma;

    /** Accesses that are to be repeated, by PASID. */
    private final Map<Integer, DmaRequest> due = new HashMap<>();

    /**
     * @param delay null for a function that makes none
     */
    Stragglers(Kernel kernel, int lane, Picoseconds delay, Dma dma) {
        this.kernel = kernel;
        this.lane = lane;
        this.delay = delay;
        this.dma = dma;
    }

    /** An access has ended; if it was the last of its PASID, it is repeated later. */
    void ended(DmaClient client, DmaRequest request) {
        if (delay == null || client == this) {
            return;
        }
        int pasid = PasidPrefix.number(request.pasid());
        if (dma.outstanding(pasid) == 0 && due.put(pasid, request) == null) {
            kernel.after(delay.value() + kernel.lateness(LATE, lane), this, 0, pasid);
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
            dma.read(
                    new DmaRequest(
                            request.pasid(),
                            request.address(),
                            nowhere,
                            0,
                            nowhere.length,
                            request.onFault(),
                            request.stream()),
                    this,
                    0);
        }
    }

    @Override
    public void done(long nowPs, long token, DmaStatus status, long faultAddress) {
        // Nobody waits for it.
    }
}
