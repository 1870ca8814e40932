package svasim.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import svasim.stats.Statistics;
import svasim.units.Require;

class TaggedCacheTest {
    private static final int WAYS = 4;
    private static final long TAG = 0x42;

    private final Statistics statistics = new Statistics();
    private final TaggedCache cache = cache(16, WAYS, Replacement.LRU);

    private TaggedCache cache(int sets, int ways, Replacement replacement) {
        return new TaggedCache(
                "cache" + statistics.counters().size(),
                new CacheConfig(sets, ways, null, replacement),
                2,
                statistics);
    }

    private enum Action {
        FIND,
        INSERT,
        INVALIDATE
    }

    private record Use(Action action, long tag, long mask, long address, int shift) {}

    private record Entry(long tag, long page, int shift) {
        boolean covers(long otherTag, long address) {
            return tag == otherTag && address >>> shift == page;
        }

        boolean meets(Use use) {
            long first = page << shift;
            long last = first + (1L << shift) - 1;
            long rangeFirst = use.address() >>> use.shift() << use.shift();
            long rangeLast = rangeFirst + (1L << use.shift()) - 1;
            return ((tag ^ use.tag()) & use.mask()) == 0
                    && first <= rangeLast
                    && rangeFirst <= last;
        }
    }

    /** A list of entries in order of their last use: what one set of the cache is. */
    private static final class SlowCache {
        private final List<Entry> entries = new ArrayList<>();

        Optional<Entry> find(long tag, long address) {
            Optional<Entry> found =
                    entries.stream()
                            .filter(entry -> entry.covers(tag, address))
                            .min(Comparator.comparingInt(Entry::shift));
            found.ifPresent(this::use);
            return found;
        }

        void use(Entry entry) {
            entries.remove(entry);
            entries.add(entry);
            if (entries.size() > WAYS) {
                entries.remove(0);
            }
        }

        int invalidate(Use use) {
            int before = entries.size();
            entries.removeIf(entry -> entry.meets(use));
            return before - entries.size();
        }
    }

    @Property(tries = 500, seed = "42")
    void shouldBehaveAsAListInOrderOfLastUse(@ForAll("uses") List<Use> uses) {
        TaggedCache one = cache(1, WAYS, Replacement.LRU);
        SlowCache slow = new SlowCache();
        for (Use use : uses) {
            switch (use.action()) {
                case FIND ->
                        assertEquals(
                                slow.find(use.tag(), use.address()),
                                entry(one, one.find(use.tag(), use.address())));
                case INSERT -> {
                    one.insert(use.tag(), use.address(), use.shift());
                    slow.use(new Entry(use.tag(), use.address() >>> use.shift(), use.shift()));
                }
                case INVALIDATE ->
                        assertEquals(
                                slow.invalidate(use),
                                one.invalidate(use.tag(), use.mask(), use.address(), use.shift()));
            }
        }
    }

    private static Optional<Entry> entry(TaggedCache cache, int slot) {
        return slot == TaggedCache.MISS
                ? Optional.empty()
                : Optional.of(
                        new Entry(
                                cache.tag(slot),
                                cache.base(slot) >>> cache.shift(slot),
                                cache.shift(slot)));
    }

    @Provide
    Arbitrary<List<Use>> uses() {
        return Combinators.combine(
                        Arbitraries.of(Action.class),
                        Arbitraries.of(0x11L, 0x12L, 0x21L),
                        Arbitraries.of(TaggedCache.EXACT, 0xF0L, 0L),
                        Arbitraries.longs().between(0, 7).map(page -> page << 12 | 0x123),
                        Arbitraries.of(12, 13, 14))
                .as(Use::new)
                .list()
                .ofMaxSize(60);
    }

    @Test
    void shouldFindNothingInAnotherAddressSpace() {
        cache.insert(TAG, 0x5000, 12);

        assertNotEquals(TaggedCache.MISS, cache.find(TAG, 0x5FFF));
        assertEquals(TaggedCache.MISS, cache.find(TAG + 1, 0x5000));
        assertEquals(TaggedCache.MISS, cache.find(TAG, 0x6000));
    }

    @Test
    void shouldKeepTheWordsOfEachEntry() {
        int slots = 16 * WAYS;
        for (int i = 0; i < slots; i++) {
            int slot = cache.insert(TAG, (long) i << 12, 12);
            cache.word(slot, 0, i);
            cache.word(slot, 1, -i);
        }
        for (int i = 0; i < slots; i++) {
            int slot = cache.find(TAG, (long) i << 12);
            assertEquals(i, cache.word(slot, 0));
            assertEquals(-i, cache.word(slot, 1));
        }
    }

    @Test
    void shouldPreferTheSmallestPageThatCoversTheAddress() {
        int large = cache.insert(TAG, 0x20_0000, 21);
        int small = cache.insert(TAG, 0x20_3000, 12);

        assertEquals(small, cache.find(TAG, 0x20_3000));
        assertEquals(large, cache.find(TAG, 0x20_4000));
    }

    @Test
    void shouldReuseTheEntryOfAPageThatIsInsertedAgain() {
        int slot = cache.insert(TAG, 0x5000, 12);

        assertEquals(slot, cache.insert(TAG, 0x5FFF, 12));
        assertEquals(1, cache.clear());
    }

    @Test
    void shouldReplaceTheEntryInsertedFirstUnderFifoEvenIfItWasJustUsed() {
        TaggedCache fifo = cache(1, 2, Replacement.FIFO);
        fifo.insert(TAG, 0x1000, 12);
        fifo.insert(TAG, 0x2000, 12);
        fifo.find(TAG, 0x1000);

        fifo.insert(TAG, 0x3000, 12);

        assertEquals(TaggedCache.MISS, fifo.find(TAG, 0x1000));
        assertNotEquals(TaggedCache.MISS, fifo.find(TAG, 0x2000));
    }

    @Test
    void shouldInvalidateALargePageBySmallRangeWithinIt() {
        cache.insert(TAG, 0x20_0000, 21);

        assertEquals(0, cache.invalidate(TAG, TaggedCache.EXACT, 0x40_0000, 12));
        assertEquals(1, cache.invalidate(TAG, TaggedCache.EXACT, 0x3F_F000, 12));
    }

    @Test
    void shouldInvalidateByTheWordsOfEntries() {
        cache.word(cache.insert(TAG, 0x1000, 12), 1, 0x1F7);
        cache.word(cache.insert(TAG, 0x2000, 12), 1, 0x2F7);

        assertEquals(1, cache.invalidateWord(TAG, TaggedCache.EXACT, 1, 0x200, 0xF00));
        assertNotEquals(TaggedCache.MISS, cache.peek(TAG, 0x1000));
        assertEquals(TaggedCache.MISS, cache.peek(TAG, 0x2000));
    }

    @Test
    void shouldCountHitsMissesEvictionsAndInvalidations() {
        TaggedCache small = new TaggedCache("tlb", CacheConfig.of(1, 1), 0, statistics);
        small.insert(TAG, 0x1000, 12);
        small.find(TAG, 0x1000);
        small.find(TAG, 0x2000);
        small.peek(TAG, 0x2000);
        small.insert(TAG, 0x2000, 12);
        small.clear();

        for (String name : List.of("hits", "misses", "evictions", "invalidated")) {
            assertEquals(1, statistics.counters().get("tlb." + name).value(), name);
        }
    }

    @Test
    void shouldHoldNothingWithoutSets() {
        TaggedCache none = TaggedCache.absent();

        assertEquals(TaggedCache.MISS, none.insert(TAG, 0x1000, 12));
        assertEquals(TaggedCache.MISS, none.find(TAG, 0x1000));
        assertEquals(0, none.clear());
        assertEquals(0, none.slots());
    }

    @Test
    void shouldShowWhichSlotsAreInUse() {
        int slot = cache.insert(TAG, 0x5123, 12);

        assertTrue(cache.holds(slot));
        assertEquals(0x5000, cache.base(slot));
        cache.clear();
        assertFalse(cache.holds(slot));
    }

    @Test
    void shouldRefuseAGeometryThatNoIndexFits() {
        assertThrows(Require.Violation.class, () -> CacheConfig.of(3, 1));
        assertThrows(Require.Violation.class, () -> CacheConfig.of(4, 0));
    }
}
