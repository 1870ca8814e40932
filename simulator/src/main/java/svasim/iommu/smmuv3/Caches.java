package svasim.iommu.smmuv3;

import svasim.iommu.core.CachedTableWalk;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.TranslationCache;
import svasim.memory.TaggedCache;

/**
 * What the unit remembers.
 *
 * @param configuration stream table entries and context descriptors
 * @param translations the TLB
 * @param stage1Tables pointers to tables of stage 1
 * @param stage2Tables pointers to tables of stage 2
 */
record Caches(
        ConfigurationCache configuration,
        Translations translations,
        TaggedCache stage1Tables,
        TaggedCache stage2Tables) {
    /** Caches as configured, with statistics under the unit's name. */
    static Caches of(SmmuConfig config, Surroundings around) {
        String name = around.name();
        boolean hints = config.choices().hints();
        var statistics = around.statistics();
        return new Caches(
                new ConfigurationCache(
                        new TaggedCache(name + ".ste", config.streamCache(), 0, statistics),
                        new TaggedCache(name + ".cd", config.contextCache(), 0, statistics),
                        hints),
                new Translations(
                        new TranslationCache(
                                new TaggedCache(
                                        name + ".tlb",
                                        config.tlb(),
                                        TranslationCache.WORDS,
                                        statistics)),
                        hints),
                new TaggedCache(
                        name + ".s1tables",
                        config.stage1WalkCache(),
                        CachedTableWalk.WORDS,
                        statistics),
                new TaggedCache(
                        name + ".s2tables",
                        config.stage2WalkCache(),
                        CachedTableWalk.WORDS,
                        statistics));
    }

    /** Caches that never hold anything. */
    static Caches absent() {
        return new Caches(
                new ConfigurationCache(TaggedCache.absent(), TaggedCache.absent(), false),
                new Translations(new TranslationCache(TaggedCache.absent()), false),
                TaggedCache.absent(),
                TaggedCache.absent());
    }

    /**
     * Removes translations and pointers to tables whose tag agrees in the bits of the mask.
     *
     * @return entries removed
     */
    int drop(long tag, long mask) {
        return translations.cache().entries().invalidate(tag, mask)
                + stage1Tables.invalidate(tag, mask)
                + stage2Tables.invalidate(tag, mask);
    }

    /** Of those, the ones that meet a range; {@code leaf} keeps the pointers to tables. */
    int drop(long tag, long mask, AddressRange range, boolean leaf) {
        int removed = range.invalidate(translations.cache().entries(), tag, mask);
        if (leaf) {
            return removed;
        }
        return removed
                + range.invalidate(stage1Tables, tag, mask)
                + range.invalidate(stage2Tables, tag, mask);
    }
}
