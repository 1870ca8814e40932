package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Freed device addresses stay with the core that freed them (iova_rcache). */
class IovaCachesTest {
    private static final long TOP = 1L << 32;
    private static final long PAGE = 4096;
    private static final int MAGAZINE = 127;

    private final IovaCaches caches = new IovaCaches(new IovaSpace(TOP), true);

    @Test
    void shouldHandOutWhatTheCoreGaveBackLast() {
        long first = caches.allocate(0, PAGE);
        long second = caches.allocate(0, PAGE);
        caches.free(0, first, PAGE);
        caches.free(0, second, PAGE);

        assertEquals(second, caches.allocate(0, PAGE));
        assertEquals(first, caches.allocate(0, PAGE));
    }

    @Test
    void shouldNotShareWithOtherCoresBelowAFullMagazine() {
        long range = caches.allocate(0, PAGE);
        caches.free(0, range, PAGE);

        assertNotEquals(range, caches.allocate(1, PAGE));
    }

    @Test
    void shouldShareFullMagazinesThroughTheDepot() {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 2 * MAGAZINE + 1; i++) {
            all.add(caches.allocate(0, PAGE));
        }
        all.forEach(range -> caches.free(0, range, PAGE));

        long taken = caches.allocate(1, PAGE);

        assertEquals(true, all.contains(taken));
    }

    @Test
    void shouldKeepOnlyRangesOfUpTo32Pages() {
        long range = caches.allocate(0, 64 * PAGE);
        caches.free(0, range, 64 * PAGE);

        assertEquals(range, caches.allocate(1, 64 * PAGE));
    }

    @Test
    void shouldRoundCachedSizesUpToPowersOfTwo() {
        long range = caches.allocate(0, 3 * PAGE);
        caches.free(0, range, 3 * PAGE);

        assertEquals(range, caches.allocate(0, 4 * PAGE));
    }

    @Test
    void shouldGiveEverythingBackAtOnceWhenSwitchedOff() {
        IovaCaches plain = new IovaCaches(new IovaSpace(TOP), false);
        long range = plain.allocate(0, PAGE);
        plain.free(0, range, PAGE);

        assertEquals(range, plain.allocate(1, PAGE));
    }

    @Test
    void shouldGiveBackWhatCoresKeepBeforeAddressesRunOut() {
        IovaCaches few = new IovaCaches(new IovaSpace(3 * PAGE), true);
        long kept = few.allocate(0, PAGE);
        few.allocate(0, PAGE);
        few.free(0, kept, PAGE);

        assertEquals(kept, few.allocate(1, PAGE));
        assertEquals(IovaSpace.NONE, few.allocate(1, PAGE));
    }
}
