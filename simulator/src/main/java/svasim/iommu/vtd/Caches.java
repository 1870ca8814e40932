package svasim.iommu.vtd;

import svasim.iommu.core.CachedTableWalk;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.TranslationCache;
import svasim.memory.CacheConfig;
import svasim.memory.TaggedCache;
import svasim.paging.Stage;

/**
 * The caches of a unit. Context and PASID caches hold the words of legal entries; the stages of
 * translation that an entry names are made once, when it is filled.
 */
final class Caches {
    private static final int ENTRY_WORDS = 4;

    final TranslationCache iotlb;
    final TaggedCache firstStructures;
    final TaggedCache secondStructures;
    final TaggedCache contexts;
    final TaggedCache pasids;

    private final Stage[] secondOfContext;
    private final Stage[] firstOfPasid;
    private final Stage[] secondOfPasid;

    Caches(VtdConfig config, Surroundings around) {
        this(
                cache(around, "iotlb", config.iotlb(), TranslationCache.WORDS),
                cache(around, "fs", config.firstStageCache(), CachedTableWalk.WORDS),
                cache(around, "ss", config.secondStageCache(), CachedTableWalk.WORDS),
                cache(around, "context", config.contextCache(), ENTRY_WORDS),
                cache(around, "pasid", config.pasidCache(), ENTRY_WORDS));
    }

    private Caches(
            TaggedCache translations,
            TaggedCache firstStructures,
            TaggedCache secondStructures,
            TaggedCache contexts,
            TaggedCache pasids) {
        this.iotlb = new TranslationCache(translations);
        this.firstStructures = firstStructures;
        this.secondStructures = secondStructures;
        this.contexts = contexts;
        this.pasids = pasids;
        secondOfContext = new Stage[contexts.slots()];
        firstOfPasid = new Stage[pasids.slots()];
        secondOfPasid = new Stage[pasids.slots()];
    }

    /** Caches that never hold anything. */
    static Caches absent() {
        TaggedCache none = TaggedCache.absent();
        return new Caches(none, none, none, none, none);
    }

    private static TaggedCache cache(
            Surroundings around, String name, CacheConfig config, int words) {
        return new TaggedCache(around.name() + "." + name, config, words, around.statistics());
    }

    void fillContext(long tag, long low, long high, Stage second) {
        int slot = contexts.insert(tag, 0, 0);
        if (slot != TaggedCache.MISS) {
            contexts.word(slot, 0, low);
            contexts.word(slot, 1, high);
            secondOfContext[slot] = second;
        }
    }

    /**
     * @param words words 0 to 2 of the entry
     */
    void fillPasid(long tag, long[] words, boolean faultsSuppressed, Stage first, Stage second) {
        int slot = pasids.insert(tag, 0, 0);
        if (slot != TaggedCache.MISS) {
            for (int i = 0; i < words.length; i++) {
                pasids.word(slot, i, words[i]);
            }
            pasids.word(slot, words.length, faultsSuppressed ? 1 : 0);
            firstOfPasid[slot] = first;
            secondOfPasid[slot] = second;
        }
    }

    boolean pasidFaultsSuppressed(int slot) {
        return pasids.word(slot, ENTRY_WORDS - 1) != 0;
    }

    Stage secondOfContext(int slot) {
        return secondOfContext[slot];
    }

    Stage firstOfPasid(int slot) {
        return firstOfPasid[slot];
    }

    Stage secondOfPasid(int slot) {
        return secondOfPasid[slot];
    }

    /** Removes everything. */
    int clear() {
        return contexts.clear()
                + pasids.clear()
                + iotlb.entries().clear()
                + firstStructures.clear()
                + secondStructures.clear();
    }
}
