package svasim.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import svasim.stats.Statistics;

/** What a cache keeps of look-ups that invalidations overtake. */
class FillGuardTest {
    private static final long TAG = 0x42;
    private static final int PAGE = 12;

    /** So many that nothing is ever evicted. */
    private static final int WAYS = 512;

    private FillGuard guard;
    private TaggedCache cache;

    FillGuardTest() {
        forgetAll();
    }

    private void forgetAll() {
        guard = new FillGuard();
        cache = new TaggedCache("cache", CacheConfig.of(1, WAYS), 1, new Statistics(), guard);
    }

    private void invalidate(long address, int shift) {
        cache.invalidate(TAG, TaggedCache.EXACT, address, shift);
    }

    @Test
    void shouldKeepWhatWasReadWithoutInvalidation() {
        assertNotEquals(TaggedCache.MISS, cache.insert(TAG, 0x1000, PAGE, guard.begin()));
    }

    @Test
    void shouldRefuseWhatAnInvalidationHasOvertaken() {
        long lookUp = guard.begin();
        invalidate(0x1000, PAGE);

        assertEquals(TaggedCache.MISS, cache.insert(TAG, 0x1234, PAGE, lookUp));
        assertEquals(TaggedCache.MISS, cache.peek(TAG, 0x1234));
    }

    @Test
    void shouldKeepWhatWasReadAfterTheInvalidation() {
        guard.begin();
        invalidate(0x1000, PAGE);

        assertNotEquals(TaggedCache.MISS, cache.insert(TAG, 0x1000, PAGE, guard.begin()));
    }

    @Test
    void shouldRefuseUpToTheLastPageOfTheInvalidatedRangeAndNotBeyond() {
        long lookUp = guard.begin();
        invalidate(0x4000, PAGE + 2);

        assertNotEquals(TaggedCache.MISS, cache.insert(TAG, 0x3000, PAGE, lookUp));
        assertEquals(TaggedCache.MISS, cache.insert(TAG, 0x4000, PAGE, lookUp));
        assertEquals(TaggedCache.MISS, cache.insert(TAG, 0x7000, PAGE, lookUp));
        assertNotEquals(TaggedCache.MISS, cache.insert(TAG, 0x8000, PAGE, lookUp));
    }

    @Test
    void shouldRefuseAnEntryOfWhichAnyPartIsInvalidated() {
        long lookUp = guard.begin();
        invalidate(0x20_1000, PAGE);

        assertEquals(TaggedCache.MISS, cache.insert(TAG, 0x20_0000, 21, lookUp));
        assertNotEquals(TaggedCache.MISS, cache.insert(TAG, 0x40_0000, 21, lookUp));
    }

    @Test
    void shouldKeepEntriesOfAnotherTag() {
        long lookUp = guard.begin();
        invalidate(0x1000, PAGE);

        assertNotEquals(TaggedCache.MISS, cache.insert(TAG + 1, 0x1000, PAGE, lookUp));
    }

    @Test
    void shouldTakeAnInvalidationByWordsForOneOfEveryWord() {
        long lookUp = guard.begin();
        cache.invalidateWord(TAG, TaggedCache.EXACT, 0, 7, TaggedCache.EXACT);

        assertEquals(TaggedCache.MISS, cache.insert(TAG, 0x1000, PAGE, lookUp));
        assertNotEquals(TaggedCache.MISS, cache.insert(TAG + 1, 0x1000, PAGE, lookUp));
    }

    @Test
    void shouldRememberAnInvalidationUntilTheLastLookUpFromBeforeHasEnded() {
        long first = guard.begin();
        invalidate(0x1000, PAGE);
        long second = guard.begin();
        guard.ended(first);
        invalidate(0x2000, PAGE);

        assertEquals(TaggedCache.MISS, cache.insert(TAG, 0x1000, PAGE, first));
        assertNotEquals(TaggedCache.MISS, cache.insert(TAG, 0x1000, PAGE, second));
        assertEquals(TaggedCache.MISS, cache.insert(TAG, 0x2000, PAGE, second));
    }

    private enum Action {
        BEGIN,
        END,
        INSERT,
        INVALIDATE
    }

    private record Use(Action action, int which, long tag, long mask, long address, int shift) {}

    /** An invalidation, or an entry that somebody has tried to keep. */
    private record Event(boolean entry, long lookUp, Use use) {}

    @Provide
    Arbitrary<List<Use>> uses() {
        return Combinators.combine(
                        Arbitraries.of(Action.class),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.of(TaggedCache.EXACT, 0L, 1L, 2L),
                        Arbitraries.longs().between(0, 63).map(page -> page << PAGE),
                        Arbitraries.of(PAGE, PAGE + 1, PAGE + 3, PAGE + 6))
                .as(Use::new)
                .list()
                .ofMaxSize(120);
    }

    /** The slow model keeps everything that ever happened, and looks at all of it. */
    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void shouldHoldExactlyWhatNoInvalidationSinceTheLookUpReaches(@ForAll("uses") List<Use> uses) {
        forgetAll();
        var underWay = new ArrayList<Long>();
        var events = new ArrayList<Event>();
        for (Use use : uses) {
            carryOut(use, underWay, events);
            check(events);
        }
    }

    private void carryOut(Use use, List<Long> underWay, List<Event> events) {
        switch (use.action()) {
            case BEGIN -> {
                underWay.add(guard.begin());
                events.add(new Event(false, underWay.get(underWay.size() - 1), null));
            }
            case END -> {
                if (!underWay.isEmpty()) {
                    underWay.remove(use.which() % underWay.size());
                }
                if (underWay.isEmpty()) {
                    guard.idle();
                } else {
                    guard.ended(underWay.get(0));
                }
            }
            case INSERT -> {
                if (!underWay.isEmpty()) {
                    long lookUp = underWay.get(use.which() % underWay.size());
                    cache.insert(use.tag(), use.address(), use.shift(), lookUp);
                    events.add(new Event(true, lookUp, use));
                }
            }
            default -> {
                cache.invalidate(use.tag(), use.mask(), use.address(), use.shift());
                events.add(new Event(false, 0, use));
            }
        }
    }

    private void check(List<Event> events) {
        for (long tag = 0; tag < 4; tag++) {
            for (long address = 0; address < 64 << PAGE; address += 1 << PAGE) {
                boolean held = false;
                for (Event event : events) {
                    held |=
                            event.entry()
                                    && covers(event.use(), tag, address)
                                    && fresh(event, events);
                }
                boolean found = cache.peek(tag, address) != TaggedCache.MISS;
                assertEquals(held, found, "tag " + tag + ", address " + address);
            }
        }
    }

    private static boolean covers(Use entry, long tag, long address) {
        return entry.tag() == tag && entry.address() >>> entry.shift() == address >>> entry.shift();
    }

    /** Whether nothing since the beginning of the entry's look-up has reached the entry. */
    private static boolean fresh(Event entry, List<Event> events) {
        boolean begun = false;
        for (Event event : events) {
            begun |= event.use() == null && event.lookUp() == entry.lookUp();
            if (begun
                    && !event.entry()
                    && event.use() != null
                    && reaches(event.use(), entry.use())) {
                return false;
            }
        }
        return true;
    }

    private static boolean reaches(Use invalidation, Use entry) {
        long size = 1L << entry.shift();
        long start = entry.address() / size * size;
        long reach = 1L << invalidation.shift();
        long from = invalidation.address() / reach * reach;
        return ((invalidation.tag() ^ entry.tag()) & invalidation.mask()) == 0
                && start < from + reach
                && from < start + size;
    }
}
