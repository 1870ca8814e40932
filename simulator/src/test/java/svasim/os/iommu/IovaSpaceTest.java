package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import svasim.kernel.RandomStream;

/** Device addresses of the DMA API. */
class IovaSpaceTest {
    private static final long PAGE = 4096;
    private static final long TOP = 64 * PAGE;

    private record Range(long start, long bytes) {
        boolean meets(Range other) {
            return start < other.start + other.bytes && other.start < start + bytes;
        }
    }

    @Test
    void shouldHandOutHighestAddressesFirst() {
        IovaSpace space = new IovaSpace(TOP);

        assertEquals(TOP - PAGE, space.allocate(PAGE));
        assertEquals(TOP - 2 * PAGE, space.allocate(PAGE));
    }

    @Test
    void shouldSpreadAddressesAfterLongUse() {
        IovaSpace space = new IovaSpace(TOP, TOP / 2, new RandomStream(1));
        List<Range> taken = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            Range range = new Range(space.allocate(PAGE), PAGE);
            assertTrue(taken.stream().noneMatch(range::meets));
            taken.add(range);
        }

        assertTrue(taken.get(0).start() != TOP - PAGE || taken.get(1).start() != TOP - 2 * PAGE);
        assertTrue(taken.subList(0, 24).stream().allMatch(range -> range.start() >= TOP / 2));
        assertTrue(taken.subList(32, 48).stream().allMatch(range -> range.start() < TOP / 2));
    }

    @Test
    void shouldFillHolesAgain() {
        IovaSpace space = new IovaSpace(TOP);
        long first = space.allocate(PAGE);
        space.allocate(PAGE);

        space.free(first);

        assertEquals(first, space.allocate(PAGE));
    }

    @Test
    void shouldAlignRangesToTheirSize() {
        IovaSpace space = new IovaSpace(TOP);
        space.allocate(PAGE);

        assertEquals(0, space.allocate(3 * PAGE) % (4 * PAGE));
    }

    @Test
    void shouldKeepReservedRanges() {
        IovaSpace space = new IovaSpace(TOP);
        space.reserve(TOP - 4 * PAGE, 4 * PAGE);

        assertEquals(TOP - 5 * PAGE, space.allocate(PAGE));
    }

    @Test
    void shouldNotHandOutPageZero() {
        IovaSpace space = new IovaSpace(2 * PAGE);
        space.allocate(PAGE);

        assertEquals(IovaSpace.NONE, space.allocate(PAGE));
    }

    @Property(tries = 200)
    void shouldNeverHandOutARangeTwice(@ForAll long seed) {
        Random random = new Random(seed);
        IovaSpace space = new IovaSpace(1024 * PAGE);
        List<Range> live = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            if (!live.isEmpty() && random.nextInt(3) == 0) {
                space.free(live.remove(random.nextInt(live.size())).start());
            } else {
                long bytes = (1 + random.nextInt(5)) * PAGE;
                Range next = new Range(space.allocate(bytes), bytes);
                assertTrue(live.stream().noneMatch(next::meets));
                assertTrue(next.start() >= PAGE && next.start() + bytes <= 1024 * PAGE);
                live.add(next);
            }
        }
    }
}
