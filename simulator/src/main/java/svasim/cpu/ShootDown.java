package svasim.cpu;

/** A range that is being removed from the TLBs of several cores. */
public final class ShootDown {
    private final long start;
    private final long end;
    private int pending;

    ShootDown(long start, long end) {
        this.start = start;
        this.end = end;
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
        return pending == 0;
    }
}
