package svasim.pcie.endpoint;

import svasim.memory.CacheConfig;
import svasim.memory.TaggedCache;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.TranslationEntry;
import svasim.stats.Statistics;

/**
 * Address translation cache of a function: entries of translation completions, by PASID, privilege
 * and page. What the tables map for all PASIDs (Global) is found under each.
 */
final class Atc {
    /** No entry; never a translation that permits anything. */
    static final long MISS = 0;

    private static final long HAS_PASID = 1L << 20;
    private static final long PRIVILEGED = 1L << 21;
    private static final long GLOBAL = 1L << 22;
    private static final long SAME_PASID = HAS_PASID | PasidPrefix.MAX_PASID;

    private final TaggedCache[] caches;

    /** In front of those, by stream; empty if the function has no such level. */
    private final TaggedCache[] first;

    private boolean holdsGlobals;

    /**
     * @param name prefix of the statistics, for example {@code dsa0.atc}
     */
    Atc(String name, AtcConfig config, Statistics statistics) {
        boolean perStream = config.index() == AtcConfig.Index.STREAM;
        caches = new TaggedCache[perStream ? config.sets() : 1];
        CacheConfig geometry = CacheConfig.of(perStream ? 1 : config.sets(), config.ways());
        for (int i = 0; i < caches.length; i++) {
            caches[i] = new TaggedCache(perStream ? name + i : name, geometry, 1, statistics);
        }
        first = firstLevel(name, config.first(), statistics);
    }

    private static TaggedCache[] firstLevel(
            String name, AtcConfig.FirstLevel config, Statistics statistics) {
        if (config == null) {
            return new TaggedCache[0];
        }
        TaggedCache[] level = new TaggedCache[config.streams()];
        CacheConfig geometry = CacheConfig.of(1, config.entries());
        for (int i = 0; i < level.length; i++) {
            level[i] = new TaggedCache(name + ".first" + i, geometry, 1, statistics);
        }
        return level;
    }

    boolean hasFirstLevel() {
        return first.length > 0;
    }

    /** As {@link #find}, in the first level, which must be there. */
    long findFirst(int stream, PasidPrefix prefix, long address) {
        return find(firstOf(stream), prefix, address);
    }

    /** The entry for an address, whatever it permits, or {@link #MISS}. */
    long find(int stream, PasidPrefix prefix, long address) {
        long entry = find(cache(stream), prefix, address);
        if (entry != MISS && hasFirstLevel()) {
            fill(firstOf(stream), prefix, address, entry);
        }
        return entry;
    }

    private long find(TaggedCache cache, PasidPrefix prefix, long address) {
        long tag = tag(prefix);
        if (holdsGlobals && prefix != null) {
            long global = globalTag(tag);
            tag = cache.peek(global, address) == TaggedCache.MISS ? tag : global;
        }
        int slot = cache.find(tag, address);
        return slot == TaggedCache.MISS ? MISS : cache.word(slot, 0);
    }

    /** Keeps an entry of a translation completion for the page around an address. */
    void fill(int stream, PasidPrefix prefix, long address, long entry) {
        fill(cache(stream), prefix, address, entry);
        if (hasFirstLevel()) {
            fill(firstOf(stream), prefix, address, entry);
        }
    }

    private void fill(TaggedCache cache, PasidPrefix prefix, long address, long entry) {
        boolean global = prefix != null && (entry & TranslationEntry.GLOBAL) != 0;
        holdsGlobals |= global;
        long tag = global ? globalTag(tag(prefix)) : tag(prefix);
        int slot = cache.insert(tag, address, TranslationEntry.shift(entry));
        cache.word(slot, 0, entry);
    }

    /**
     * Removes what an Invalidate Request names; Global entries go with any PASID.
     *
     * @return entries removed, copies in the first level not counted
     */
    int invalidate(InvalidatedRange range) {
        if (range.pasid() == PasidPrefix.NONE) {
            return invalidate(range, 0, HAS_PASID);
        }
        if (range.global()) {
            return invalidate(range, HAS_PASID, HAS_PASID);
        }
        int globals = holdsGlobals ? invalidate(range, GLOBAL, GLOBAL) : 0;
        return globals + invalidate(range, HAS_PASID | range.pasid(), SAME_PASID | GLOBAL);
    }

    void clear() {
        for (TaggedCache cache : caches) {
            cache.clear();
        }
        for (TaggedCache cache : first) {
            cache.clear();
        }
        holdsGlobals = false;
    }

    /** Shows every entry held. */
    void visit(AtcVisitor visitor) {
        for (TaggedCache cache : first) {
            visit(cache, visitor);
        }
        for (TaggedCache cache : caches) {
            visit(cache, visitor);
        }
    }

    private static void visit(TaggedCache cache, AtcVisitor visitor) {
        for (int slot = 0; slot < cache.slots(); slot++) {
            if (cache.holds(slot)) {
                long tag = cache.tag(slot);
                boolean numbered = (tag & HAS_PASID) != 0;
                int pasid = numbered ? (int) tag & PasidPrefix.MAX_PASID : PasidPrefix.NONE;
                visitor.entry(pasid, cache.base(slot), cache.word(slot, 0));
            }
        }
    }

    private int invalidate(InvalidatedRange range, long tag, long mask) {
        int removed = 0;
        for (TaggedCache cache : caches) {
            removed += cache.invalidate(tag, mask, range.base(), range.shift());
        }
        for (TaggedCache cache : first) {
            cache.invalidate(tag, mask, range.base(), range.shift());
        }
        return removed;
    }

    private TaggedCache firstOf(int stream) {
        return first[Math.floorMod(stream, first.length)];
    }

    private TaggedCache cache(int stream) {
        return caches[Math.floorMod(stream, caches.length)];
    }

    private static long tag(PasidPrefix prefix) {
        if (prefix == null) {
            return 0;
        }
        return prefix.pasid() | HAS_PASID | (prefix.privileged() ? PRIVILEGED : 0);
    }

    private static long globalTag(long tag) {
        return tag & PRIVILEGED | HAS_PASID | GLOBAL;
    }
}
