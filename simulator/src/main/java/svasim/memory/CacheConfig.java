package svasim.memory;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Geometry and timing of one cache of translations; absent keys take these defaults (assumed).
 *
 * @param sets a power of two, or 0 for a unit without this cache
 * @param ways entries of a set
 * @param lookup time that a look-up adds to a request
 * @param replacement which entry of a full set makes room
 * @source sets, ways, lookup, replacement: assumed; a profile says where its own are from
 */
public record CacheConfig(Integer sets, Integer ways, Picoseconds lookup, Replacement replacement) {
    public CacheConfig {
        sets = sets == null ? 16 : sets;
        ways = ways == null ? 8 : ways;
        lookup = lookup == null ? Picoseconds.ofNanos(2) : lookup;
        replacement = replacement == null ? Replacement.LRU : replacement;
        Require.that(sets >= 0 && Integer.bitCount(sets) <= 1, "sets", sets, "0 or a power of two");
        Require.positive("ways", ways);
    }

    /** LRU with this geometry and the default latency. */
    public static CacheConfig of(int sets, int ways) {
        return new CacheConfig(sets, ways, null, null);
    }
}
