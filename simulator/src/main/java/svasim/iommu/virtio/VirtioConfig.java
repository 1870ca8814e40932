package svasim.iommu.virtio;

import static java.util.Collections.unmodifiableMap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.iommu.core.WalkConfig;
import svasim.memory.CacheConfig;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Features, caches and timing of a virtio-iommu; absent keys take these defaults (timing and
 * geometry assumed).
 *
 * @param features feature bits and fields of the configuration space by name, for example {@code
 *     BYPASS_CONFIG: 0} or {@code input_range.end: 0xFFFFFFFF}
 * @param endpoints endpoint IDs that there are; empty for every requester ID
 * @param reserved regions that software must not map, the same for all endpoints
 * @param queueSize most descriptors of a virtqueue
 * @param tlb translations by domain and address
 * @param walks how mappings are searched on a miss; the time is that of a walk without reads
 * @param request time to carry out a request, besides reading it
 * @source features, endpoints: chosen: what the model can do, for every requester
 * @source reserved: the interrupt range of x86 (Intel SDM 3A, 11.11)
 * @source queueSize: assumed
 * @source tlb, walks, request: assumed
 */
public record VirtioConfig(
        Map<String, Long> features,
        List<Integer> endpoints,
        List<ReservedRegion> reserved,
        Integer queueSize,
        CacheConfig tlb,
        WalkConfig walks,
        Picoseconds request) {
    private static final ReservedRegion INTERRUPT_WINDOW =
            new ReservedRegion(0xFEE0_0000L, 0xFEEF_FFFFL, true);
    private static final int MAX_QUEUE = 1 << 15;

    public VirtioConfig {
        features = features == null ? Map.of() : unmodifiableMap(new TreeMap<>(features));
        endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
        reserved = reserved == null ? List.of(INTERRUPT_WINDOW) : List.copyOf(reserved);
        queueSize = queueSize == null ? 256 : queueSize;
        tlb = tlb == null ? CacheConfig.of(16, 8) : tlb;
        walks = walks == null ? new WalkConfig(null, null, null, null) : walks;
        request = request == null ? Picoseconds.ofNanos(500) : request;
        Require.powerOfTwo("queueSize", queueSize);
        Require.range("queueSize", queueSize, 1, MAX_QUEUE);
        requireApart(reserved);
        DeviceFields.of(features).require(reserved.size());
    }

    private static void requireApart(List<ReservedRegion> regions) {
        for (ReservedRegion region : regions) {
            long meeting =
                    regions.stream().filter(r -> r.meets(region.start(), region.end())).count();
            Require.that(meeting == 1, "reserved", region, "regions that do not overlap");
        }
        long doorbells = regions.stream().filter(ReservedRegion::doorbell).count();
        Require.that(doorbells <= 1, "reserved", doorbells + " doorbells", "at most one");
    }

    /** Every default. */
    public static VirtioConfig defaults() {
        return new VirtioConfig(null, null, null, null, null, null, null);
    }

    /** The same with these fields of the configuration space; other names have no effect. */
    public VirtioConfig withRegisters(Map<String, Long> more) {
        Map<String, Long> known = new HashMap<>(more);
        known.keySet().retainAll(DeviceFields.NAMES);
        return withFeatures(known);
    }

    /**
     * The same with these feature bits and fields.
     *
     * @throws Require.Violation of component {@code features} for an unknown name, or for features
     *     that do not go together
     */
    public VirtioConfig withFeatures(Map<String, Long> more) {
        Map<String, Long> merged = new HashMap<>(features);
        merged.putAll(more);
        return new VirtioConfig(merged, endpoints, reserved, queueSize, tlb, walks, request);
    }

    DeviceFields fields() {
        return DeviceFields.of(features);
    }

    /** Whether the platform has this endpoint. */
    boolean known(int endpoint) {
        boolean requester = endpoint >>> Short.SIZE == 0;
        return requester && (endpoints.isEmpty() || endpoints.contains(endpoint));
    }

    /** The region that an address lies in, or null. */
    ReservedRegion reservedAt(long address) {
        for (int i = 0; i < reserved.size(); i++) {
            if (reserved.get(i).holds(address)) {
                return reserved.get(i);
            }
        }
        return null;
    }
}
