package svasim.iommu.smmuv2;

import svasim.iommu.core.CachedTableWalk;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.TranslationCache;
import svasim.memory.CacheConfig;
import svasim.memory.TaggedCache;

/**
 * What the unit remembers.
 *
 * @param translations the TLB
 * @param stage1Tables pointers to tables of stage 1
 * @param stage2Tables pointers to tables of stage 2
 */
record Caches(TranslationCache translations, TaggedCache stage1Tables, TaggedCache stage2Tables) {
    private static final int PAGE_SHIFT = 12;

    /** Caches as configured, with statistics under the unit's name. */
    static Caches of(SmmuV2Config config, Surroundings around) {
        return new Caches(
                new TranslationCache(cache(around, ".tlb", config.tlb(), TranslationCache.WORDS)),
                cache(around, ".s1tables", config.stage1WalkCache(), CachedTableWalk.WORDS),
                cache(around, ".s2tables", config.stage2WalkCache(), CachedTableWalk.WORDS));
    }

    private static TaggedCache cache(
            Surroundings around, String name, CacheConfig config, int words) {
        return new TaggedCache(around.name() + name, config, words, around.statistics());
    }

    /** Caches that never hold anything. */
    static Caches absent() {
        return new Caches(
                new TranslationCache(TaggedCache.absent()),
                TaggedCache.absent(),
                TaggedCache.absent());
    }

    /**
     * Removes translations and pointers to tables whose tag agrees in the bits of the mask.
     *
     * @return entries removed
     */
    int drop(long tag, long mask) {
        return translations.entries().invalidate(tag, mask)
                + stage1Tables.invalidate(tag, mask)
                + stage2Tables.invalidate(tag, mask);
    }

    /** Of those, the ones that meet a page of 4 KiB; {@code leaf} keeps the pointers to tables. */
    int dropPage(long tag, long mask, long address, boolean leaf) {
        int removed = translations.entries().invalidate(tag, mask, address, PAGE_SHIFT);
        if (leaf) {
            return removed;
        }
        return removed
                + stage1Tables.invalidate(tag, mask, address, PAGE_SHIFT)
                + stage2Tables.invalidate(tag, mask, address, PAGE_SHIFT);
    }
}
