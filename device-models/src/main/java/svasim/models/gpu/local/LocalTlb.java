package svasim.models.gpu.local;

import java.util.ArrayList;
import java.util.List;
import svasim.device.DeviceHost;
import svasim.memory.CacheConfig;
import svasim.memory.TaggedCache;
import svasim.models.gpu.config.GpuConfig;
import svasim.units.Picoseconds;

/** Caches of the device's own translations, as large and as slow as those of the others. */
final class LocalTlb {
    private static final int PAGE_SHIFT = 12;

    private final List<TaggedCache> units = new ArrayList<>();
    private final TaggedCache shared;
    private final LocalMemory memory;

    LocalTlb(GpuConfig config, DeviceHost host, LocalMemory memory) {
        this.memory = memory;
        CacheConfig unit = new CacheConfig(1, config.unitTlb(), config.cycle(), null);
        for (int number = 0; number <= config.computeUnits(); number++) {
            String name = host.name() + ".local.tlb" + number;
            units.add(new TaggedCache(name, unit, 0, host.statistics()));
        }
        Picoseconds lookup = new Picoseconds(GpuConfig.SHARED_TLB_CYCLES * config.cycle().value());
        CacheConfig all =
                new CacheConfig(config.sharedTlbSets(), GpuConfig.SHARED_TLB_WAYS, lookup, null);
        shared = new TaggedCache(host.name() + ".local.shared", all, 0, host.statistics());
    }

    /** Time until the translation of a page is known, which is in the caches then. */
    long lookupPs(int stream, int pasid, long address) {
        TaggedCache unit = units.get(Math.min(stream, units.size() - 1));
        long ps = unit.lookupPs();
        if (unit.find(pasid, address) == TaggedCache.MISS) {
            ps += shared.lookupPs();
            if (shared.find(pasid, address) == TaggedCache.MISS) {
                ps += memory.walkPs();
                shared.insert(pasid, address, PAGE_SHIFT);
            }
            unit.insert(pasid, address, PAGE_SHIFT);
        }
        return ps;
    }

    void forget(int pasid, long address) {
        shared.invalidate(pasid, TaggedCache.EXACT, address, PAGE_SHIFT);
        units.forEach(unit -> unit.invalidate(pasid, TaggedCache.EXACT, address, PAGE_SHIFT));
    }

    void reset() {
        shared.clear();
        units.forEach(TaggedCache::clear);
    }
}
