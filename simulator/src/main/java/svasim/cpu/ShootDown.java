package svasim.cpu;

import java.util.List;
import svasim.iommu.core.BroadcastListener;

/** A range that is being removed from the TLBs of several cores, and of IOMMUs that listen. */
public final class ShootDown implements Interruption {
    private final long start;
    private final long end;
    private final List<BroadcastListener> listeners;
    private final boolean broadcast;
    private int pending;

    /**
     * @param broadcast whether it reaches the other TLBs without their cores' software
     */
    ShootDown(long start, long end, List<BroadcastListener> listeners, boolean broadcast) {
        this.broadcast = broadcast;
        this.start = start;
        this.end = end;
        this.listeners = listeners;
    }

    void sent() {
        pending++;
    }

    @Override
    public void arrive(Core core) {
        core.tlb().invalidate(start, end);
        pending--;
    }

    /** AArch64 broadcasts its maintenance to the TLBs themselves. */
    @Override
    public boolean isTakenBySoftware() {
        return !broadcast;
    }

    /** Whether no TLB holds the range any more. */
    public boolean isDone() {
        return pending == 0 && listeners.stream().allMatch(BroadcastListener::broadcastsComplete);
    }
}
