package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;
import svasim.iommu.core.TranslationCache;
import svasim.paging.Access;
import svasim.paging.TableWalk;

/**
 * The TLB: translations of input addresses by stage 1 or by both stages together, and of
 * intermediate addresses by stage 2.
 */
final class Translations {
    private static final int NOT_GLOBAL = 11;

    private final TranslationCache cache;
    private final boolean hints;

    /**
     * @param hints whether contiguous groups of pages are kept as one entry
     */
    Translations(TranslationCache cache, boolean hints) {
        this.cache = cache;
        this.hints = hints;
    }

    TranslationCache cache() {
        return cache;
    }

    /**
     * Looks up an address, for any ASID first if stage 1 is used.
     *
     * @param tag as {@link Tags#stage1} or {@link Tags#stage2}
     */
    int find(long tag, long address, boolean privileged, boolean stage1) {
        long own = Tags.withPrivilege(tag, privileged);
        return stage1 ? cache.find(Tags.global(own), own, address) : cache.find(own, address);
    }

    /** Whether several entries would serve, as {@link #find} looks for them (F_TLB_CONFLICT). */
    boolean conflict(long tag, long address, boolean privileged, boolean stage1) {
        long own = Tags.withPrivilege(tag, privileged);
        int global = stage1 ? cache.covering(Tags.global(own), address) : 0;
        return global + cache.covering(own, address) > 1;
    }

    /** Keeps the result of a walk. */
    void fill(long tag, long address, TableWalk tables, Transaction request, boolean stage1) {
        boolean global =
                stage1
                        && request.stream().world().usesAsid()
                        && !Bits.bit(tables.entry(1), NOT_GLOBAL);
        boolean privileged = (request.wanted() & Access.PRIVILEGED) != 0;
        cache.fill(
                Tags.withPrivilege(global ? Tags.global(tag) : tag, privileged),
                address,
                hints ? tables.groupShift() : tables.pageShift(),
                tables,
                request);
    }

    /**
     * Whether the entry alone answers. A translation request wants to know what is permitted, but
     * one that may write needs the dirty state to be set.
     */
    boolean serves(int slot, int wanted) {
        if ((wanted & Access.TRANSLATION_REQUEST) == 0) {
            return cache.serves(slot, wanted);
        }
        boolean mayWrite = (cache.permissions(slot) & wanted & Access.WRITE) != 0;
        return !mayWrite || cache.dirtyKnown(slot);
    }

    long output(int slot, long address) {
        return cache.output(slot, address);
    }

    int shift(int slot) {
        return cache.shift(slot);
    }

    int permissions(int slot) {
        return cache.permissions(slot);
    }

    boolean dirtyKnown(int slot) {
        return cache.dirtyKnown(slot);
    }

    long leaf(int slot) {
        return cache.leaf(slot);
    }
}
