package svasim.iommu.core;

import java.util.function.LongSupplier;
import svasim.memory.TaggedCache;
import svasim.paging.Stage;
import svasim.paging.StageFormat;
import svasim.paging.TableWalk;
import svasim.paging.Walk;

/**
 * A table walk with paging-structure caches: one for each stage, with the pointers to tables of all
 * levels below the first. An entry covers the addresses that its table translates, so that the
 * smallest entry that covers an address is the deepest table.
 */
public final class CachedTableWalk implements Walk {
    /** Words of an entry of a paging-structure cache. */
    public static final int WORDS = 2;

    private static final int TABLE = 0;
    private static final int LEVEL_AND_RIGHTS = 1;
    private static final int RIGHTS_BITS = 8;

    private final TableWalk tables = new TableWalk();
    private final TaggedCache firstCache;
    private final TaggedCache secondCache;
    private final LongSupplier lookUp;

    private Stage first;
    private Stage second;
    private long input;
    private long firstTag;
    private long secondTag;

    /**
     * @param firstCache pointers to first-stage tables, {@link #WORDS} words an entry
     * @param secondCache pointers to second-stage tables
     * @param lookUp number of the look-up that the walk belongs to
     */
    public CachedTableWalk(TaggedCache firstCache, TaggedCache secondCache, LongSupplier lookUp) {
        this.firstCache = firstCache;
        this.secondCache = secondCache;
        this.lookUp = lookUp;
    }

    /** Names the address spaces of the next walk in the two caches. */
    public void tags(long ofFirst, long ofSecond) {
        firstTag = ofFirst;
        secondTag = ofSecond;
    }

    /** As {@link TableWalk#start}, from the deepest tables that the caches know. */
    public void start(long newInput, int access, Stage newFirst, Stage newSecond) {
        input = newInput;
        first = newFirst;
        second = newSecond;
        tables.start(newInput, access, newFirst, newSecond);
        if (newFirst != null && tables.next() == Step.READ) {
            resumeFirst();
        }
        resumeSecond();
    }

    /** Time to look into the caches of the stages that this walk has, in picoseconds. */
    long lookupPs() {
        return (first == null ? 0 : firstCache.lookupPs())
                + (second == null ? 0 : secondCache.lookupPs());
    }

    /** Level of the entry that is read next, whichever stage it belongs to; leaves of 4 KiB: 1. */
    int level() {
        return tables.level(tables.stage());
    }

    /** For the results. */
    public TableWalk tables() {
        return tables;
    }

    @Override
    public void data(long low, long high) {
        int stage = tables.stage();
        int before = tables.level(stage);
        tables.data(low, high);
        reached(stage, before);
    }

    @Override
    public void updated(boolean won) {
        int stage = tables.stage();
        int before = tables.level(stage);
        tables.updated(won);
        reached(stage, before);
    }

    @Override
    public void unreadable() {
        tables.unreadable();
    }

    @Override
    public Step next() {
        return tables.next();
    }

    @Override
    public long address() {
        return tables.address();
    }

    @Override
    public int bytes() {
        return tables.bytes();
    }

    @Override
    public long expected() {
        return tables.expected();
    }

    @Override
    public long replacement() {
        return tables.replacement();
    }

    /** After an answer: a stage that has come one level further has found a table. */
    private void reached(int stage, int levelBefore) {
        if (tables.next() == Step.FAULT) {
            return;
        }
        if (tables.level(stage) < levelBefore) {
            if (stage == 1) {
                fill(firstCache, firstTag, input, first, stage);
            } else if (tables.stage() == 2) {
                fill(secondCache, secondTag, tables.intermediate(), second, stage);
            }
        }
        resumeSecond();
    }

    private void fill(TaggedCache cache, long tag, long address, Stage stage, int number) {
        int level = tables.level(number);
        int slot = cache.insert(tag, address, coverage(stage.format(), level), lookUp.getAsLong());
        if (slot != TaggedCache.MISS) {
            cache.word(slot, TABLE, tables.table(number));
            cache.word(slot, LEVEL_AND_RIGHTS, (long) level << RIGHTS_BITS | tables.rights(number));
        }
    }

    private void resumeFirst() {
        int slot = firstCache.find(firstTag, input);
        if (slot != TaggedCache.MISS) {
            long word = firstCache.word(slot, LEVEL_AND_RIGHTS);
            tables.resumeFirst(level(word), firstCache.word(slot, TABLE), rights(word));
        }
    }

    private void resumeSecond() {
        if (!tables.atSecondRoot()) {
            return;
        }
        int slot = secondCache.find(secondTag, tables.intermediate());
        if (slot != TaggedCache.MISS) {
            long word = secondCache.word(slot, LEVEL_AND_RIGHTS);
            tables.resumeSecond(level(word), secondCache.word(slot, TABLE), rights(word));
        }
    }

    /** log2 of the bytes that a whole table of this level translates. */
    private static int coverage(StageFormat format, int level) {
        return format.shift(level) + format.indexBits();
    }

    private static int level(long word) {
        return (int) word >>> RIGHTS_BITS;
    }

    private static int rights(long word) {
        return (int) word & (1 << RIGHTS_BITS) - 1;
    }
}
