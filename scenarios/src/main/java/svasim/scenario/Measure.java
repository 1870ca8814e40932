package svasim.scenario;

import java.util.Map;
import svasim.check.Bounds;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * How long a run may take, and what is compared with numbers from elsewhere.
 *
 * @param until simulated time after which the run is cut off
 * @param events number of events after which the run is cut off
 * @param invariants whether the invariants are checked; a run without them is faster and else the
 *     same
 * @param bounds how long may take what the invariants want to be short
 * @param sweep values of one key that {@code validate} tries, for every variant
 * @param published comparisons by name, each over variants and values of the sweep
 * @param gates bounds by name, for what was measured elsewhere on machines that are less well known
 * @param table columns, by their headings, of the table that {@code run} prints of all variants
 */
public record Measure(
        Picoseconds until,
        Long events,
        Boolean invariants,
        Bounds bounds,
        Sweep sweep,
        Map<String, Published> published,
        Map<String, Gate> gates,
        Map<String, Column> table) {
    private static final long ENOUGH_EVENTS = 2_000_000_000L;

    public Measure {
        until = until == null ? new Picoseconds(1_000 * Picoseconds.PER_SECOND) : until;
        events = events == null ? ENOUGH_EVENTS : events;
        invariants = invariants == null || invariants;
        bounds = bounds == null ? Bounds.defaults() : bounds;
        published = published == null ? Map.of() : published;
        gates = gates == null ? Map.of() : gates;
        table = table == null ? Map.of() : table;
        Require.positive("events", events);
    }

    /** Every default. */
    public static Measure defaults() {
        return new Measure(null, null, null, null, null, null, null, null);
    }
}
