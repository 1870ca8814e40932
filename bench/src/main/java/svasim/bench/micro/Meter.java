package svasim.bench.micro;

/**
 * Counts the events of a workload as they fire, hashes the first million of them, and calls back
 * from within the handler when a number of events is reached.
 */
public final class Meter {
    /** Events that go into the hash. */
    public static final long HASHED = 1_000_000;

    private static final long HASH_START = 0xCBF2_9CE4_8422_2325L;
    private static final long HASH_PRIME = 0x100_0000_01B3L;

    private long fired;
    private long hash = HASH_START;
    private long callAt = Long.MAX_VALUE;
    private Runnable reached;

    /** Has the action run by the handler of the given event, counted from the start of the run. */
    public void callAt(long event, Runnable action) {
        callAt = event;
        reached = action;
    }

    /** FNV-1a over (time, identity) of the first million events, word by word. */
    public long hash() {
        return hash;
    }

    /**
     * @param time tick at which the event fires
     * @param id event of the hold model, or module of the component model
     */
    void fired(long time, int id) {
        fired++;
        if (fired <= HASHED) {
            hash = (hash ^ time) * HASH_PRIME + id;
        }
        if (fired == callAt) {
            reached.run();
        }
    }
}
