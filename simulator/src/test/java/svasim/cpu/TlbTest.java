package svasim.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import svasim.paging.Access;

/** A core's TLB against a map of pages. */
class TlbTest {
    private static final long PAGE = 4096;
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    @Test
    void shouldMissWhatWasNeverFilled() {
        assertEquals(Tlb.MISS, new Tlb(4).lookup(0x1000, Access.READ));
    }

    @Test
    void shouldKeepOffsetWithinPage() {
        Tlb tlb = new Tlb(4);
        tlb.fill(0x1000, 0x8000, Access.READ);

        assertEquals(0x8123, tlb.lookup(0x1123, Access.READ));
    }

    @Test
    void shouldMissWhenPermissionIsNotCached() {
        Tlb tlb = new Tlb(4);
        tlb.fill(0x1000, 0x8000, Access.READ);

        assertEquals(Tlb.MISS, tlb.lookup(0x1000, READ_WRITE));
        tlb.fill(0x1000, 0x8000, READ_WRITE);
        assertEquals(0x8000, tlb.lookup(0x1000, READ_WRITE));
    }

    @Test
    void shouldReplaceEntryUsedLongestAgo() {
        Tlb tlb = new Tlb(2);
        tlb.fill(0x1000, 0x8000, Access.READ);
        tlb.fill(0x2000, 0x9000, Access.READ);
        tlb.lookup(0x1000, Access.READ);
        tlb.fill(0x3000, 0xA000, Access.READ);

        assertEquals(0x8000, tlb.lookup(0x1000, Access.READ));
        assertEquals(Tlb.MISS, tlb.lookup(0x2000, Access.READ));
    }

    /** With room for all, a TLB that is told of every change agrees with the map. */
    @Property
    void shouldForgetExactlyTheInvalidatedRange(
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 15) Integer> pages,
            @ForAll @IntRange(min = 0, max = 15) int first,
            @ForAll @IntRange(min = 1, max = 16) int count) {
        Tlb tlb = new Tlb(16);
        Map<Integer, Long> model = new HashMap<>();
        for (int page : pages) {
            tlb.fill(page * PAGE, (page + 100) * PAGE, Access.READ);
            model.put(page, (page + 100) * PAGE);
        }

        tlb.invalidate(first * PAGE, (first + count) * PAGE);
        model.keySet().removeIf(page -> page >= first && page < first + count);

        for (int page = 0; page < 16; page++) {
            long expected = model.getOrDefault(page, Tlb.MISS);
            assertEquals(expected, tlb.lookup(page * PAGE, Access.READ));
        }
    }
}
