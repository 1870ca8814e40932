package svasim.device.load;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * How often a program hands in work, and when.
 *
 * @param count pieces of work
 * @param depth pieces under way at once; null for as many as the device's queue takes
 * @param arrivals when they come
 */
public record Load(int count, Integer depth, Arrivals arrivals) {
    /**
     * Of the keys of a model's work; absent ones are null.
     *
     * @param interval mean time from one piece to the next, of arrivals that are not closed
     * @param burst pieces that come at once, of bursts
     * @throws IllegalArgumentException naming the key that does not fit to the others
     */
    public static Load of(
            Integer count,
            Integer depth,
            Arrivals.Process arrivals,
            Picoseconds interval,
            Integer burst) {
        Arrivals.Process process = arrivals == null ? Arrivals.Process.CLOSED : arrivals;
        boolean closed = process == Arrivals.Process.CLOSED;
        boolean bursts = process == Arrivals.Process.BURSTS;
        int together = burst == null ? 1 : burst;
        Require.that(count == null || count > 0, "count", count, "a positive number");
        Require.that(depth == null || depth > 0, "depth", depth, "a positive number");
        Require.that(
                depth == null || closed, "depth", depth, "nothing, unless arrivals are closed");
        Require.that(
                closed == (interval == null),
                "interval",
                interval,
                closed ? "nothing, as arrivals are closed" : "a time between arrivals");
        Require.that(
                bursts ? together > 1 : together == 1,
                "burst",
                burst,
                "more than 1 with bursts, and else nothing");
        long intervalPs = closed ? 0 : interval.value();
        return new Load(
                count == null ? 1 : count, depth, new Arrivals(process, intervalPs, together));
    }

    /** One piece of work, handed in at once. */
    public boolean isSingle() {
        return count == 1 && arrivals.isClosed();
    }
}
