package svasim.memory;

/**
 * Look-ups under way whose results a unit's caches are to keep. What a look-up has read may be old
 * once software has invalidated it, so a {@link TaggedCache} that shares this guard remembers each
 * invalidation until the last look-up from before it has ended.
 */
public final class FillGuard {
    private long begun;

    /** Number of the oldest look-up under way; without any, of the next. */
    private long oldest = 1;

    /** A look-up begins to read; its number is larger than those of all before it. */
    public long begin() {
        return ++begun;
    }

    /**
     * Look-ups have ended.
     *
     * @param oldestUnderWay number of the oldest that has not
     */
    public void ended(long oldestUnderWay) {
        oldest = oldestUnderWay;
    }

    /** Every look-up has ended. */
    public void idle() {
        oldest = begun + 1;
    }

    /** Number of the youngest look-up. */
    long youngest() {
        return begun;
    }

    long oldest() {
        return oldest;
    }
}
