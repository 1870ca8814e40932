package svasim.pcie.endpoint;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Geometry and timing of the address translation cache of a function; absent keys take these
 * defaults (assumed: no vendor publishes its own).
 *
 * @param sets how many there are, a power of two
 * @param ways entries of a set, replaced by least recent use
 * @param index what selects the set: the page, or the stream that asks
 * @param lookup time that a look-up takes, hit or miss
 * @param invalidate time from the arrival of an Invalidate Request to the removal of entries
 * @param prefetch pages behind the one that misses for which the same Translation Request asks, 0
 *     to 7: a request for eight fits the smallest Read Completion Boundary
 * @param first a small cache of each stream in front of the common one; absent, there is none
 * @source sets, ways, lookup, invalidate: assumed: no vendor publishes its own
 * @source index, prefetch, first: chosen: a plain cache
 */
public record AtcConfig(
        Integer sets,
        Integer ways,
        Index index,
        Picoseconds lookup,
        Picoseconds invalidate,
        Integer prefetch,
        FirstLevel first) {
    /**
     * The caches nearest to the units of a device that ask, as a GPU has one in each compute unit.
     *
     * @param streams how many; a stream uses the one of its number modulo this
     * @param entries of each, fully associative, replaced by least recent use
     * @param lookup time that a look-up takes; a miss goes on to the common cache
     * @source streams: chosen
     * @source entries, lookup: gem5's GPU models: 32 entries, one cycle of 1 GHz
     */
    public record FirstLevel(Integer streams, Integer entries, Picoseconds lookup) {
        public FirstLevel {
            streams = streams == null ? 1 : streams;
            entries = entries == null ? 32 : entries;
            lookup = lookup == null ? Picoseconds.ofNanos(1) : lookup;
            Require.range("streams", streams, 1, 4096);
            Require.range("entries", entries, 1, 4096);
        }
    }

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
        prefetch = prefetch == null ? 0 : prefetch;
        Require.powerOfTwo("sets", sets);
        Require.positive("ways", ways);
        Require.range("prefetch", prefetch, 0, 7);
    }

    /** All defaults. */
    public AtcConfig() {
        this(null, null, null, null, null, null, null);
    }
}
