package svasim.pcie.endpoint;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Geometry and timing of the address translation cache of a function; absent keys take these
 * defaults (assumed: no vendor publishes its own).
 *
 * @param sets power of two
 * @param ways entries of a set, replaced by least recent use
 * @param index what selects the set: the page, or the stream that asks
 * @param lookup time that a look-up takes, hit or miss
 * @param invalidate time from the arrival of an Invalidate Request to the removal of entries
 */
public record AtcConfig(
        Integer sets, Integer ways, Index index, Picoseconds lookup, Picoseconds invalidate) {
    /** What selects the set. */
    public enum Index {
        /** Page number: one cache shared by all engines. */
        PAGE,
        /** Stream number modulo the number of sets: entries of each engine apart. */
        STREAM
    }

    public AtcConfig {
        sets = sets == null ? 16 : sets;
        ways = ways == null ? 4 : ways;
        index = index == null ? Index.PAGE : index;
        lookup = lookup == null ? Picoseconds.ofNanos(2) : lookup;
        invalidate = invalidate == null ? Picoseconds.ofNanos(10) : invalidate;
        Require.powerOfTwo("sets", sets);
        Require.positive("ways", ways);
    }

    /** All defaults. */
    public AtcConfig() {
        this(null, null, null, null, null);
    }
}
