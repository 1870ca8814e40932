package svasim.iommu.smmuv3;

import java.util.List;
import svasim.iommu.core.CacheView;
import svasim.iommu.core.PagingCaches;
import svasim.iommu.core.Surroundings;
import svasim.memory.TaggedCache;

/**
 * What the unit remembers.
 *
 * @param configuration stream table entries and context descriptors
 * @param translations the TLB
 * @param paging the TLB and pointers to tables, for invalidation
 */
record Caches(ConfigurationCache configuration, Translations translations, PagingCaches paging) {
    /** Caches as configured, with statistics under the unit's name. */
    static Caches of(SmmuConfig config, Surroundings around) {
        boolean hints = config.choices().hints();
        var configuration =
                new ConfigurationCache(
                        around.cache("ste", config.streamCache(), 0),
                        around.cache("cd", config.contextCache(), 0),
                        hints);
        var paging =
                PagingCaches.of(
                        config.tlb(), config.stage1WalkCache(), config.stage2WalkCache(), around);
        return new Caches(configuration, new Translations(paging.translations(), hints), paging);
    }

    /** Caches that never hold anything. */
    static Caches absent() {
        PagingCaches paging = PagingCaches.absent();
        return new Caches(
                new ConfigurationCache(TaggedCache.absent(), TaggedCache.absent(), false),
                new Translations(paging.translations(), false),
                paging);
    }

    /** All but the TLB, for people. */
    List<CacheView> views() {
        return List.of(
                new CacheView(
                        "stream table entry cache",
                        configuration.streamTags(),
                        List.of("stream"),
                        (tag, address, shift) -> List.of("0x" + Long.toHexString(address))),
                new CacheView(
                        "context descriptor cache",
                        configuration.contextTags(),
                        List.of("stream", "substream"),
                        (tag, address, shift) ->
                                List.of("0x" + Long.toHexString(address), Long.toString(tag))),
                CacheView.ofTables(
                        "stage-1 walk cache",
                        paging.stage1Tables(),
                        List.of("VMID", "ASID"),
                        (tag, address, shift) -> Tags.vmidAndAsid(tag)),
                CacheView.ofTables(
                        "stage-2 walk cache",
                        paging.stage2Tables(),
                        List.of("VMID"),
                        (tag, address, shift) -> Tags.vmidAndAsid(tag).subList(0, 1)));
    }
}
