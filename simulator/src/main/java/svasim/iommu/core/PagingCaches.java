package svasim.iommu.core;

import svasim.memory.CacheConfig;
import svasim.memory.TaggedCache;

/**
 * What a unit of Arm remembers of page tables. All three caches share their tags.
 *
 * @param translations the TLB
 * @param stage1Tables pointers to tables of stage 1
 * @param stage2Tables pointers to tables of stage 2
 */
public record PagingCaches(
        TranslationCache translations, TaggedCache stage1Tables, TaggedCache stage2Tables) {
    /** Caches of these sizes, with statistics under the unit's name. */
    public static PagingCaches of(
            CacheConfig tlb, CacheConfig stage1, CacheConfig stage2, Surroundings around) {
        return new PagingCaches(
                new TranslationCache(around.cache("tlb", tlb, TranslationCache.WORDS)),
                around.cache("s1tables", stage1, CachedTableWalk.WORDS),
                around.cache("s2tables", stage2, CachedTableWalk.WORDS));
    }

    /** Caches that never hold anything. */
    public static PagingCaches absent() {
        return new PagingCaches(
                new TranslationCache(TaggedCache.absent()),
                TaggedCache.absent(),
                TaggedCache.absent());
    }

    /**
     * Removes translations and pointers to tables whose tag agrees in the bits of the mask.
     *
     * @return entries removed
     */
    public int drop(long tag, long mask) {
        return translations.entries().invalidate(tag, mask)
                + stage1Tables.invalidate(tag, mask)
                + stage2Tables.invalidate(tag, mask);
    }

    /** Of those, the ones that meet a range; {@code leaf} keeps the pointers to tables. */
    public int drop(long tag, long mask, AddressRange range, boolean leaf) {
        int removed = range.invalidate(translations.entries(), tag, mask);
        if (leaf) {
            return removed;
        }
        return removed
                + range.invalidate(stage1Tables, tag, mask)
                + range.invalidate(stage2Tables, tag, mask);
    }
}
