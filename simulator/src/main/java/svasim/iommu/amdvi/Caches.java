package svasim.iommu.amdvi;

import java.util.List;
import svasim.iommu.core.CacheView;
import svasim.iommu.core.CachedTableWalk;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.TranslationCache;
import svasim.memory.TaggedCache;

/**
 * What the unit remembers.
 *
 * @param devices device table entries
 * @param guestRoots entries of GCR3 tables
 * @param iotlb finished translations
 * @param guestTables pointers to guest tables
 * @param hostTables pointers to host tables
 */
record Caches(
        DeviceCache devices,
        GuestRootCache guestRoots,
        TranslationCache iotlb,
        TaggedCache guestTables,
        TaggedCache hostTables) {
    /** Caches as configured, with statistics under the unit's name. */
    static Caches of(AmdViConfig config, Surroundings around) {
        return new Caches(
                new DeviceCache(around.cache("dte", config.deviceCache(), 0)),
                new GuestRootCache(
                        around.cache("gcr3", config.guestRootCache(), GuestRootCache.WORDS)),
                new TranslationCache(around.cache("iotlb", config.iotlb(), TranslationCache.WORDS)),
                around.cache("guest", config.guestTableCache(), CachedTableWalk.WORDS),
                around.cache("host", config.hostTableCache(), CachedTableWalk.WORDS));
    }

    /** Caches that never hold anything. */
    static Caches absent() {
        return new Caches(
                new DeviceCache(TaggedCache.absent()),
                new GuestRootCache(TaggedCache.absent()),
                new TranslationCache(TaggedCache.absent()),
                TaggedCache.absent(),
                TaggedCache.absent());
    }

    /** All but the IOTLB, for people. */
    List<CacheView> views() {
        return List.of(
                CacheView.ofFunctions(
                        "device table entry cache",
                        devices.tags(),
                        (tag, address, shift) -> List.of(CacheView.function(address))),
                CacheView.ofPasids(
                        "GCR3 cache",
                        guestRoots.tags(),
                        (tag, address, shift) ->
                                List.of(CacheView.function(address), Long.toString(tag))),
                CacheView.ofTables(
                        "guest paging-structure cache",
                        guestTables,
                        List.of("domain", "PASID"),
                        (tag, address, shift) -> Tags.domainAndPasid(tag)),
                CacheView.ofTables(
                        "host paging-structure cache",
                        hostTables,
                        List.of("domain"),
                        (tag, address, shift) -> Tags.domainAndPasid(tag).subList(0, 1)));
    }
}
