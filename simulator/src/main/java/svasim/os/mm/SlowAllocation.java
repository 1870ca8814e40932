package svasim.os.mm;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Allocations of pages that take longer than usual.
 *
 * @param share how many of all allocations, from 0 to 1
 * @param extra time that each of them sleeps
 */
public record SlowAllocation(Double share, Picoseconds extra) {
    public SlowAllocation {
        Require.that(share != null && share >= 0 && share <= 1, "share", share, "0 to 1");
        Require.that(extra != null, "extra", extra, "a time");
    }
}
