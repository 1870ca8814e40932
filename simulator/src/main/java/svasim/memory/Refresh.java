package svasim.memory;

/**
 * When a rank of DRAM serves accesses again. Each interval holds one refresh of each rank;
 * controllers move refreshes within bounds, so that its place looks random. Evenly spaced ones
 * would beat with accesses that are evenly spaced themselves.
 */
final class Refresh {
    private static final int FOLD = 6;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int HASH_SHIFT = 33;

    private final int ranks;
    private final long intervalPs;
    private final long durationPs;

    Refresh(RefreshConfig config) {
        ranks = config.ranks();
        intervalPs = config.interval().value();
        durationPs = config.duration().value();
    }

    /** The time itself, or the end of the refresh that the line's rank is in at that time. */
    long availablePs(long timePs, long line) {
        if (durationPs == 0) {
            return timePs;
        }
        long interval = timePs / intervalPs;
        long beginPs = interval * intervalPs + placePs(interval, rank(line));
        boolean busy = timePs >= beginPs && timePs < beginPs + durationPs;
        return busy ? beginPs + durationPs : timePs;
    }

    /** Time from the begin of an interval to the refresh in it. */
    private long placePs(long interval, long rank) {
        long hash = (interval * ranks + rank + 1) * GOLDEN;
        hash = (hash ^ hash >>> HASH_SHIFT) * GOLDEN;
        return (hash >>> HASH_SHIFT) % (intervalPs - durationPs);
    }

    /** Folds the address, as memory controllers do, lest pages begin all in one rank. */
    private long rank(long line) {
        long folded = line ^ line >>> FOLD ^ line >>> 2 * FOLD ^ line >>> 3 * FOLD;
        return Long.remainderUnsigned(folded, ranks);
    }
}
