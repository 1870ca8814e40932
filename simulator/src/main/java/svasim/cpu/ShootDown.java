package svasim.cpu;

import java.util.List;
import svasim.iommu.core.BroadcastListener;

/** A range that is being removed from the TLBs of several cores, and of IOMMUs that listen. */
public final class ShootDown {
    private final long start;
    private final long end;
    private final List<BroadcastListener> listeners;
    private int pending;

    ShootDown(long start, long end, List<BroadcastListener> listeners) {
        this.start = start;
        this.end = end;
        this.listeners = listeners;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    void sent() {
        pending++;
    }

    void acknowledged() {
        pending--;
    }

    /** Whether no TLB holds the range any more. */
    public boolean isDone() {
        return pending == 0 && listeners.stream().allMatch(BroadcastListener::broadcastsComplete);
    }
}
