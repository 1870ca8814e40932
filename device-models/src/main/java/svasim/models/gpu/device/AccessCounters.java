package svasim.models.gpu.device;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.device.DeviceHost;
import svasim.models.gpu.config.LocalMemoryConfig;
import svasim.models.gpu.layout.InterruptEntry;
import svasim.stats.Counter;

/**
 * Counts how often processes use ranges of the system's memory across the link, and tells software
 * of those that should come nearer.
 */
final class AccessCounters {
    /** Ranges that are counted at once; the one that has been counted for longest makes room. */
    private static final int RANGES = 256;

    private record Range(int pasid, long address) {}

    private final LocalMemoryConfig config;
    private final DeviceHost host;
    private final InterruptRing ring;
    private final Counter told;
    private final Map<Range, Integer> counts = new LinkedHashMap<>();
    private final RecentlyTold<Range> recently = new RecentlyTold<>();

    /**
     * @param config null for a device without memory of its own, which counts nothing
     */
    AccessCounters(LocalMemoryConfig config, DeviceHost host, InterruptRing ring) {
        this.config = config;
        this.host = host;
        this.ring = ring;
        String name = host.name() + ".counter.told";
        told = host.statistics().counter(name, "ranges that software was told to bring nearer");
    }

    /** An access across the link. */
    void count(Queue queue, long address) {
        if (config == null) {
            return;
        }
        Range range = new Range(queue.pasid(), address & -config.granule().bytes());
        int count = counts.merge(range, 1, Integer::sum);
        if (count >= config.threshold()) {
            counts.remove(range);
            tell(queue, range);
        } else if (counts.size() > RANGES) {
            counts.remove(counts.keySet().iterator().next());
        }
    }

    private void tell(Queue queue, Range range) {
        long nowPs = host.kernel().nowPs();
        InterruptEntry entry =
                new InterruptEntry(
                        InterruptEntry.ACCESS_COUNTER,
                        range.pasid(),
                        queue.number(),
                        range.address(),
                        false);
        if (!recently.has(range, nowPs) && ring.put(entry)) {
            told.increment();
            recently.add(range, nowPs);
        }
    }

    void reset() {
        counts.clear();
        recently.clear();
    }
}
