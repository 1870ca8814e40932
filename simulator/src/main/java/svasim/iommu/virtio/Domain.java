package svasim.iommu.virtio;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** An address space: mappings that do not overlap, or none at all (bypass). */
final class Domain {
    private final int id;
    private final boolean bypass;
    private final NavigableMap<Long, Mapping> mappings = new TreeMap<>(Long::compareUnsigned);
    private int endpoints;

    Domain(int id, boolean bypass) {
        this.id = id;
        this.bypass = bypass;
    }

    int id() {
        return id;
    }

    /** Whether every access of its endpoints passes unchanged. */
    boolean bypass() {
        return bypass;
    }

    void enter() {
        endpoints++;
    }

    /** Returns whether the last endpoint has left. */
    boolean leave() {
        return --endpoints == 0;
    }

    /** The mapping of an address, or null. */
    Mapping at(long address) {
        Map.Entry<Long, Mapping> below = mappings.floorEntry(address);
        boolean holds = below != null && Long.compareUnsigned(address, below.getValue().end()) <= 0;
        return holds ? below.getValue() : null;
    }

    /** Whether an address of the range, both ends included, is mapped. */
    boolean meets(long start, long end) {
        Map.Entry<Long, Mapping> last = mappings.floorEntry(end);
        return last != null && Long.compareUnsigned(last.getValue().end(), start) >= 0;
    }

    void add(Mapping mapping) {
        mappings.put(mapping.start(), mapping);
    }

    /** Whether a mapping lies partly within the range. */
    boolean cuts(long start, long end) {
        Mapping first = at(start);
        Mapping last = at(end);
        return first != null && first.start() != start || last != null && last.end() != end;
    }

    /** Removes the mappings within the range, which {@linkplain #cuts cuts} none. */
    void remove(long start, long end) {
        mappings.subMap(start, true, end, true).clear();
    }
}
