package svasim.iommu.vtd;

import java.util.List;
import svasim.iommu.core.CacheView;
import svasim.iommu.core.CachedTableWalk;
import svasim.iommu.core.Surroundings;
import svasim.iommu.core.TranslationCache;
import svasim.memory.TaggedCache;
import svasim.paging.Stage;

/**
 * The caches of a unit. Context and PASID caches hold the words of legal entries; the stages of
 * translation that an entry names are made once, when it is filled.
 */
final class Caches {
    private static final int CONTEXT_WORDS = 2;

    /** Words of a PASID entry that are kept. */
    static final int PASID_WORDS = 6;

    /** Stages that a PASID entry names at most. */
    static final int STAGES = 3;

    /** CAP.CM: what is not present may be cached too. */
    final boolean keepsAbsent;

    final TranslationCache iotlb;
    final TaggedCache firstStructures;
    final TaggedCache secondStructures;
    final TaggedCache contexts;
    final TaggedCache pasids;

    private final Stage[] secondOfContext;
    private final Stage[] stagesOfPasid;

    Caches(VtdConfig config, boolean keepsAbsent, Surroundings around) {
        this(
                keepsAbsent,
                around.cache("iotlb", config.iotlb(), TranslationCache.WORDS),
                around.cache("fs", config.firstStageCache(), CachedTableWalk.WORDS),
                around.cache("ss", config.secondStageCache(), CachedTableWalk.WORDS),
                around.cache("context", config.contextCache(), CONTEXT_WORDS),
                around.cache("pasid", config.pasidCache(), PASID_WORDS + 1));
    }

    private Caches(
            boolean keepsAbsent,
            TaggedCache translations,
            TaggedCache firstStructures,
            TaggedCache secondStructures,
            TaggedCache contexts,
            TaggedCache pasids) {
        this.keepsAbsent = keepsAbsent;
        this.iotlb = new TranslationCache(translations);
        this.firstStructures = firstStructures;
        this.secondStructures = secondStructures;
        this.contexts = contexts;
        this.pasids = pasids;
        secondOfContext = new Stage[contexts.slots()];
        stagesOfPasid = new Stage[pasids.slots() * STAGES];
    }

    /** Caches that never hold anything. */
    static Caches absent() {
        TaggedCache none = TaggedCache.absent();
        return new Caches(false, none, none, none, none, none);
    }

    /**
     * @param lookUp that has read the entry
     */
    void fillContext(long tag, long low, long high, Stage second, long lookUp) {
        int slot = contexts.insert(tag, 0, 0, lookUp);
        if (slot != TaggedCache.MISS) {
            contexts.word(slot, 0, low);
            contexts.word(slot, 1, high);
            secondOfContext[slot] = second;
        }
    }

    /**
     * @param words words 0 to 5 of the entry
     * @param stages first stage, second stage and host permissions, each may be null
     * @param lookUp that has read the entry
     */
    void fillPasid(long tag, long[] words, boolean faultsSuppressed, Stage[] stages, long lookUp) {
        int slot = pasids.insert(tag, 0, 0, lookUp);
        if (slot != TaggedCache.MISS) {
            for (int i = 0; i < PASID_WORDS; i++) {
                pasids.word(slot, i, words[i]);
            }
            pasids.word(slot, PASID_WORDS, faultsSuppressed ? 1 : 0);
            System.arraycopy(stages, 0, stagesOfPasid, slot * STAGES, STAGES);
        }
    }

    /** Copies words 0 to 5 of an entry. */
    void pasidWords(int slot, long[] words) {
        for (int i = 0; i < PASID_WORDS; i++) {
            words[i] = pasids.word(slot, i);
        }
    }

    boolean pasidFaultsSuppressed(int slot) {
        return pasids.word(slot, PASID_WORDS) != 0;
    }

    Stage secondOfContext(int slot) {
        return secondOfContext[slot];
    }

    /** Copies first stage, second stage and host permissions of an entry. */
    void stagesOfPasid(int slot, Stage[] stages) {
        System.arraycopy(stagesOfPasid, slot * STAGES, stages, 0, STAGES);
    }

    /** Removes PASID entries that are not present, whatever domain is meant. */
    int absentPasids(long tag, long mask) {
        return keepsAbsent ? pasids.invalidateWord(tag, mask, 0, 0, 1) : 0;
    }

    /** Removes host permissions and pointers to their tables. */
    int removePermissions(long tag, long mask) {
        return iotlb.entries().invalidate(tag, mask) + secondStructures.invalidate(tag, mask);
    }

    /** Removes everything. */
    int clear() {
        return contexts.clear()
                + pasids.clear()
                + iotlb.entries().clear()
                + firstStructures.clear()
                + secondStructures.clear();
    }

    /** All but the IOTLB, for people. */
    List<CacheView> views() {
        return List.of(
                CacheView.ofFunctions(
                        "context cache", contexts, (tag, address, shift) -> Tags.function(tag)),
                CacheView.ofPasids(
                        "PASID cache", pasids, (tag, address, shift) -> Tags.functionAndPasid(tag)),
                CacheView.ofTables(
                        "first-stage paging-structure cache",
                        firstStructures,
                        List.of("domain", "PASID"),
                        (tag, address, shift) -> Tags.domainAndPasid(tag)),
                CacheView.ofTables(
                        "second-stage paging-structure cache",
                        secondStructures,
                        List.of("domain"),
                        (tag, address, shift) -> Tags.domainAndPasid(tag).subList(0, 1)));
    }
}
