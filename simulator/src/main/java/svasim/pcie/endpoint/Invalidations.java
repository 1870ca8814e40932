package svasim.pcie.endpoint;

import java.util.Arrays;
import java.util.List;
import svasim.kernel.EventHandler;
import svasim.pcie.tlp.Tlp;

/**
 * Invalidate Requests that are not completed yet. Each waits for the uses of the translations that
 * it removed: reads until they are answered, writes until they are ahead of the Invalidate
 * Completion on the link (PCI Express Base 5.0, 10.3.3).
 */
final class Invalidations implements EventHandler {
    private final Wiring wiring;
    private final int depth;
    private final long processingPs;
    private final Tlp.InvalidateRequest[] requests;

    /** What each still waits for: its uses, and its own processing. */
    private final int[] waits;

    private int underWay;
    private boolean refused;
    private boolean completes = true;

    /** Resets so far: kind of the event, so that those from before a reset are known. */
    private int resets;

    private Runnable roomAgain = () -> {};

    Invalidations(Wiring wiring) {
        this.wiring = wiring;
        this.depth = wiring.config().ats().invalidateQueueDepth();
        this.processingPs = wiring.config().atc().invalidate().value();
        this.requests = new Tlp.InvalidateRequest[depth];
        this.waits = new int[depth];
    }

    /** What to do when there is room after a request was refused. */
    void onRoom(Runnable action) {
        roomAgain = action;
    }

    /** Whether no more can be taken in; the link stalls then. */
    boolean isFull() {
        refused = Integer.bitCount(underWay) == depth;
        return refused;
    }

    /** Takes in a request; accesses that use the range now are waited for. */
    void begin(Tlp.InvalidateRequest request, InvalidatedRange range, List<Access> active) {
        int slot = Integer.numberOfTrailingZeros(~underWay);
        underWay |= 1 << slot;
        requests[slot] = request;
        waits[slot] = 1;
        for (int i = 0; i < active.size(); i++) {
            if (active.get(i).uses(range)) {
                active.get(i).invalidations |= 1 << slot;
                waits[slot]++;
            }
        }
        wiring.kernel().after(processingPs, this, resets, slot);
    }

    /** A use of a translation has ended. */
    void released(Access access) {
        while (access.invalidations != 0) {
            int slot = Integer.numberOfTrailingZeros(access.invalidations);
            access.invalidations &= access.invalidations - 1;
            settle(slot, wiring.kernel().nowPs());
        }
    }

    /** Forgets everything; the agent waits in vain. */
    void reset() {
        underWay = 0;
        resets++;
        Arrays.fill(requests, null);
    }

    /** Whether those that end from now on are completed. */
    void completes(boolean value) {
        completes = value;
    }

    /** Invalidations not completed. */
    int outstanding() {
        return Integer.bitCount(underWay);
    }

    @Override
    public void handle(long nowPs, int kind, long slot) {
        if (kind == resets) {
            settle((int) slot, nowPs);
        }
    }

    private void settle(int slot, long nowPs) {
        if (requests[slot] == null || --waits[slot] > 0) {
            return;
        }
        Tlp.InvalidateRequest request = requests[slot];
        requests[slot] = null;
        underWay &= ~(1 << slot);
        if (completes) {
            complete(request, nowPs);
        }
        if (refused) {
            refused = false;
            roomAgain.run();
        }
    }

    /** In each traffic class, since the completion pushes the writes of its own class only. */
    private void complete(Tlp.InvalidateRequest request, long nowPs) {
        int classes = wiring.config().dma().trafficClasses();
        for (int number = 0; number < classes; number++) {
            wiring.uplink()
                    .message(
                            new Tlp.InvalidateCompletion(
                                    wiring.requesterId(),
                                    request.requesterId(),
                                    classes,
                                    1 << request.itag(),
                                    wiring.trafficClass(number)),
                            nowPs);
        }
    }
}
