package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import svasim.memory.CacheConfig;
import svasim.memory.FillGuard;
import svasim.memory.TaggedCache;
import svasim.paging.Access;
import svasim.paging.VtdSecondStage;
import svasim.paging.Walk;
import svasim.paging.X86Stage;
import svasim.stats.Statistics;
import svasim.units.Picoseconds;

class CachedTableWalkTest {
    private static final long FIRST_PS = 3_000;
    private static final long SECOND_PS = 5_000;
    private static final long READ_WRITE = 3;
    private static final X86Stage FIRST = new X86Stage(4, 0x1000, 52, Set.of());
    private static final VtdSecondStage SECOND = new VtdSecondStage(4, 0x2000, 48, 52, Set.of());

    private static TaggedCache cache(int sets, long lookupPs) {
        var config = new CacheConfig(sets, 4, new Picoseconds(lookupPs), null);
        return new TaggedCache("cache", config, CachedTableWalk.WORDS, new Statistics());
    }

    @Test
    void shouldTakeTheLookUpsOfTheStagesThatTheWalkHas() {
        var walk = new CachedTableWalk(cache(4, FIRST_PS), cache(4, SECOND_PS), () -> 0);

        walk.start(0x5000, Access.READ, FIRST, null);
        assertEquals(FIRST_PS, walk.lookupPs());
        walk.start(0x5000, Access.READ, null, SECOND);
        assertEquals(SECOND_PS, walk.lookupPs());
        walk.start(0x5000, Access.READ, FIRST, SECOND);
        assertEquals(FIRST_PS + SECOND_PS, walk.lookupPs());
    }

    @Test
    void shouldTakeNoTimeForCachesThatAUnitDoesNotHave() {
        var walk = new CachedTableWalk(cache(0, FIRST_PS), cache(4, SECOND_PS), () -> 0);

        walk.start(0x5000, Access.READ, FIRST, SECOND);

        assertEquals(SECOND_PS, walk.lookupPs());
    }

    /** Pointers that a walk of the second stage has kept, when an invalidation overtakes it. */
    private static int pointersAfter(long address, long invalidated) {
        var guard = new FillGuard();
        var config = new CacheConfig(4, 4, new Picoseconds(0), null);
        var cache =
                new TaggedCache("cache", config, CachedTableWalk.WORDS, new Statistics(), guard);
        long lookUp = guard.begin();
        var walk = new CachedTableWalk(cache(0, 0), cache, () -> lookUp);
        walk.start(address, Access.READ, null, SECOND);
        cache.invalidate(0, TaggedCache.EXACT, invalidated, 12);
        for (long table = 0x10_0000; walk.next() == Walk.Step.READ; table += 0x1000) {
            walk.data(table | READ_WRITE, 0);
        }
        assertEquals(Walk.Step.DONE, walk.next());
        return (int) IntStream.range(0, cache.slots()).filter(cache::holds).count();
    }

    @Test
    void shouldKeepThePointersOfAllLevels() {
        assertEquals(3, pointersAfter(0x5000, 1L << 39));
    }

    /** The invalidation comes when the walk has begun; it meets the tables above in each case. */
    @Test
    void shouldKeepNoPointerThatAnInvalidationInItsRangeHasOvertaken() {
        long table = 1L << 21;
        long address = table + 0x5000;

        assertEquals(1, pointersAfter(address, table - 0x1000), "the page before the table");
        assertEquals(0, pointersAfter(address, table), "the table's first page");
        assertEquals(0, pointersAfter(address, 2 * table - 0x1000), "the table's last page");
        assertEquals(1, pointersAfter(address, 2 * table), "the page after it");
    }

    @Test
    void shouldKeepPointersBelowThoseThatAnInvalidationMeets() {
        assertEquals(2, pointersAfter(0x5000, 1L << 30), "not the one to the table of 512 GiB");
    }
}
