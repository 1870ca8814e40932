package svasim.models.nic.rdma.card;

import java.util.Map;
import java.util.TreeMap;

/** The regions of a card, by their key. */
final class Regions {
    private final Map<Integer, Region> regions = new TreeMap<>();

    void add(Region region) {
        regions.put(region.key(), region);
    }

    void remove(Region region) {
        regions.remove(region.key());
    }

    /** The region, or null. */
    Region at(int key) {
        return regions.get(key);
    }

    /** The region if a queue of the domain may use the key for this range, else null. */
    Region find(int key, long domain, long address, long bytes) {
        Region region = regions.get(key);
        boolean good =
                region != null && region.domain() == domain && region.contains(address, bytes);
        return good ? region : null;
    }

    void reset() {
        regions.clear();
    }
}
