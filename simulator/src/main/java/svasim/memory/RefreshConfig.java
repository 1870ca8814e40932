package svasim.memory;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Refresh of DRAM: once in each interval, a rank serves nobody for a while. Absent keys take these
 * defaults.
 *
 * @param ranks ranks that lines are spread over
 * @param interval time in which each rank is refreshed once (tREFI)
 * @param duration time that a refresh takes (tRFC); 0 for memory that is always there
 * @source ranks: assumed
 * @source interval: JEDEC DDR4: 7.8 us
 * @source duration: chosen: memory that is always there
 */
public record RefreshConfig(Integer ranks, Picoseconds interval, Picoseconds duration) {
    private static final long USUAL_NS = 7_800;

    public RefreshConfig {
        ranks = ranks == null ? 4 : ranks;
        interval = interval == null ? Picoseconds.ofNanos(USUAL_NS) : interval;
        duration = duration == null ? Picoseconds.ofNanos(0) : duration;
        Require.positive("ranks", ranks);
        Require.positive("interval", interval.value());
        Require.that(
                duration.value() < interval.value(),
                "duration",
                duration,
                "less than the interval of " + interval);
    }

    /** No refresh. */
    public RefreshConfig() {
        this(null, null, null);
    }
}
